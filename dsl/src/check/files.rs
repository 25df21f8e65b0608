//! Editions and modules.

use super::Checker;
use crate::ast::File;
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};

/// The edition of this version.
const EDITION: u32 = 2026;

impl Checker<'_> {
    /// The first lines of all files.
    pub(super) fn files(&mut self, files: &[&File]) {
        for file in files {
            if let Some(edition) = file.edition.as_ref().filter(|e| e.value != EDITION) {
                let message = format!("There is no edition {}.", edition.value);
                let d = Diagnostic::error(&codes::UNKNOWN_EDITION, edition.span, message, "unknown edition");
                self.report(
                    d.help(format!("write `edition {EDITION}`"))
                        .fix(edition.span, EDITION.to_string()),
                );
            }
            for (name, span) in file.uses() {
                let modules = &self.surroundings.modules;
                if modules.iter().any(|m| m == name) {
                    continue;
                }
                let message = format!("There is no module `{name}`.");
                let d = Diagnostic::error(&codes::UNKNOWN_MODULE, span, message, "unknown module")
                    .help(format!("the modules are: {}", modules.join(", ")))
                    .suggest(span, likely(name, modules.iter().map(String::as_str)));
                self.report(d);
            }
        }
    }
}

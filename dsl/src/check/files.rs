//! Editions and modules.

use super::Checker;
use crate::ast::File;
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::Text;
use crate::text;

/// The edition of this version.
const EDITION: u32 = 2026;

impl Checker<'_> {
    /// The first lines of all files.
    pub(super) fn files(&mut self, files: &[&File]) {
        for file in files {
            if let Some(edition) = file.edition.as_ref().filter(|e| e.value != EDITION) {
                let year = edition.value;
                let message = text!("There is no edition {year}.", "Il n'y a pas d'édition {year}.");
                let label = text!("unknown edition", "édition inconnue");
                let d = Diagnostic::error(&codes::UNKNOWN_EDITION, edition.span, message, label);
                self.report(
                    d.help(text!("write `edition {EDITION}`", "écrivez `édition {EDITION}`"))
                        .fix(edition.span, Text::same(EDITION.to_string())),
                );
            }
            for (name, span) in file.uses() {
                let modules = &self.surroundings.modules;
                if modules.iter().any(|m| m == name) {
                    continue;
                }
                let message = text!("There is no module `{name}`.", "Il n'y a pas de module `{name}`.");
                let label = text!("unknown module", "module inconnu");
                let all = modules.join(", ");
                let d = Diagnostic::error(&codes::UNKNOWN_MODULE, span, message, label)
                    .help(text!("the modules are: {all}", "les modules sont : {all}"))
                    .suggest(span, likely(name, modules.iter().map(String::as_str)));
                self.report(d);
            }
        }
    }
}

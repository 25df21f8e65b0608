//! Files that are not UTF-8. Whoever reads a file puts U+FFFD in place of what could not be read; nobody writes that character.

use relance_dsl::codes;
use relance_dsl::diagnostic::Diagnostic;
use relance_dsl::span::{SourceMap, Span};
use relance_dsl::text;

/// Stands for bytes that could not be read.
const LOST: char = '\u{fffd}';

/// Whether something of a file could not be read as text.
pub(super) fn is_damaged(text: &str) -> bool {
    text.contains(LOST)
}

/// One error for each file in which something could not be read as text.
pub fn damage(sources: &SourceMap) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    tell(sources, &mut found);
    found
}

/// One error for each file in which something could not be read, in place of all that only follows from it.
pub(super) fn tell(sources: &SourceMap, found: &mut Vec<Diagnostic>) {
    let mut damaged = Vec::new();
    for (file, source) in sources.iter() {
        let Some(at) = source.text.find(LOST) else {
            continue;
        };
        let short = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let span = Span {
            file,
            start: short(at),
            end: short(at + LOST.len_utf8()),
        };
        let path = &source.path;
        found.retain(|d| d.primary.span.file != file);
        let message = text!(
            "`{path}` is not UTF-8 text.",
            "`{path}` n'est pas un texte en UTF-8."
        );
        let label = text!(
            "the first character that cannot be read",
            "le premier caractère illisible"
        );
        damaged.push(
            Diagnostic::error(&codes::NOT_UTF8, span, message, label).help(text!(
                "save the file again as UTF-8, and look at its accents",
                "enregistrez de nouveau le fichier en UTF-8, et vérifiez ses accents"
            )),
        );
    }
    found.extend(damaged);
}

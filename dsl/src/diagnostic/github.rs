//! Diagnostics as annotations of a GitHub workflow: one line for each, which GitHub shows beside the changed line.

use super::json::Region;
use super::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::span::SourceMap;

/// One line for each diagnostic, each in the language that was asked for, or else in that of its file.
///
/// Paths are made of `folder` (the rulebook folder, seen from the root of the repository) and the path in it.
pub fn annotations(
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    lang: Option<Lang>,
    folder: &str,
) -> String {
    diagnostics
        .iter()
        .map(|diagnostic| annotation(diagnostic, sources, lang, folder))
        .collect()
}

fn annotation(diagnostic: &Diagnostic, sources: &SourceMap, asked: Option<Lang>, folder: &str) -> String {
    let lang = diagnostic.lang(sources, asked);
    let kind = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let at = Region::of(diagnostic.primary.span, sources);
    let file = super::path_from(folder, &at.file);
    let mut text = diagnostic.message.get(lang).to_owned();
    if let Some(help) = &diagnostic.help {
        text.push('\n');
        text.push_str(help.get(lang));
    }
    format!(
        "::{kind} file={},line={},col={},endLine={},endColumn={},title={}::{}\n",
        property(&file),
        at.line,
        at.column,
        at.end_line,
        at.end_column,
        property(diagnostic.code),
        data(&text)
    )
}

/// What follows the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// The value of a property, which ends at a comma or colon.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

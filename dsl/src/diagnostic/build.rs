//! Putting diagnostics together.

use super::{Diagnostic, Fix, Label, Severity};
use crate::codes::Code;
use crate::lang::Text;
use crate::span::Span;
use crate::text;

impl Diagnostic {
    /// An error at a place.
    pub fn error(code: &Code, span: Span, message: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            code: code.code,
            severity: Severity::Error,
            message: message.into(),
            primary: Label {
                span,
                text: label.into(),
            },
            secondary: Vec::new(),
            help: None,
            fix: None,
        }
    }

    /// A warning at a place.
    pub fn warning(code: &Code, span: Span, message: impl Into<Text>, label: impl Into<Text>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(code, span, message, label)
        }
    }

    /// Says what to do instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<Text>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Points to another place that explains it.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<Text>) -> Self {
        self.secondary.push(Label {
            span,
            text: text.into(),
        });
        self
    }

    /// Replaces a piece of source.
    #[must_use]
    pub fn fix(mut self, span: Span, replacement: impl Into<Replacement>) -> Self {
        let Replacement(replacement) = replacement.into();
        self.fix = Some(Fix { span, replacement });
        self
    }

    /// "Write this instead": help and fix in one.
    #[must_use]
    pub fn write(self, span: Span, right: Text) -> Self {
        let (en, fr) = (&right.en, &right.fr);
        let help = text!("write `{en}`", "écrivez `{fr}`");
        self.help(help).fix(span, right)
    }

    /// "Did you mean": help and fix in one, when a likely word was found.
    #[must_use]
    pub fn suggest(self, span: Span, likely: Option<&str>) -> Self {
        match likely {
            Some(likely) => self
                .help(text!(
                    "did you mean `{likely}`?",
                    "vouliez-vous dire `{likely}` ?"
                ))
                .fix(span, Text::same(likely)),
            None => self,
        }
    }

    /// "Write `use ...`", when modules bring what is missing: it then tells more than any other help.
    #[must_use]
    pub fn offer(mut self, modules: &[&str]) -> Self {
        if modules.is_empty() {
            return self;
        }
        self.fix = None;
        let list = |word: &str, or: &str| {
            let uses: Vec<String> = modules
                .iter()
                .map(|module| format!("`{word} {module}`"))
                .collect();
            uses.join(or)
        };
        let (en, fr) = (list("use", " or "), list("utiliser", " ou "));
        self.help(crate::text!(
            "it is in the standard library: write {en} at the top of the file",
            "il est dans la bibliothèque standard : écrivez {fr} en tête du fichier"
        ))
    }
}

/// What is written instead. A piece of source may be alike in both languages; a message never is, so [`Text`] itself is not made
/// from one string.
pub struct Replacement(Text);

impl From<Text> for Replacement {
    fn from(text: Text) -> Self {
        Self(text)
    }
}

impl From<&str> for Replacement {
    fn from(source: &str) -> Self {
        Self(Text::same(source))
    }
}

impl From<String> for Replacement {
    fn from(source: String) -> Self {
        Self(Text::same(source))
    }
}

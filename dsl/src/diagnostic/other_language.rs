//! A word of the vocabulary that a file does not use: keywords are found by the reader, facts and values by the checker.

use super::Diagnostic;
use crate::codes;
use crate::lang::{Lang, Text};
use crate::span::Span;
use crate::text;

impl Diagnostic {
    /// `word` belongs to the other language than that of its file, which writes `right`.
    pub(crate) fn other_language(word: &str, right: &str, file: Lang, span: Span) -> Self {
        let message = file.pick(
            text!(
                "`{word}` is French; this file is in English.",
                "`{word}` est français ; ce fichier est en anglais."
            ),
            text!(
                "`{word}` is English; this file is in French.",
                "`{word}` est anglais ; ce fichier est en français."
            ),
        );
        let label = text!("a word of the other language", "un mot de l'autre langue");
        Self::error(&codes::OTHER_LANGUAGE, span, message, label).write(span, Text::same(right))
    }
}

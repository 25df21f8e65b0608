//! Words of closed lists, in the language of the file.

use super::Checker;
use crate::ast::Word;
use crate::codes::Code;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::{Lang, Text};
use crate::parse::plain;
use crate::span::{FileId, Span};
use crate::text;

/// A closed list, and what to say about a word that is not in it.
pub(super) struct List<'a> {
    /// English and French spellings.
    pub(super) values: Vec<(&'a str, &'a str)>,
    /// The code of the error.
    pub(super) code: &'static Code,
    /// "There is no role `x`."
    pub(super) message: Text,
    /// "unknown role"
    pub(super) label: Text,
    /// "the roles are:"
    pub(super) these: Text,
}

impl Checker<'_> {
    /// The language of a file.
    pub(super) fn lang(&self, file: FileId) -> Lang {
        self.langs.get(&file).copied().unwrap_or_default()
    }

    /// The English spelling of a word of a closed list. A word of the other language is reported and understood.
    pub(super) fn listed<'v>(&mut self, word: &Word, list: &List<'v>) -> Option<&'v str> {
        let lang = self.lang(word.span.file);
        if let Some(found) = find(&list.values, &word.value, lang) {
            return Some(found.0);
        }
        if let Some(found) = find(&list.values, &word.value, lang.other()) {
            self.other_language(&word.value, lang.pick(found.0, found.1), word.span);
            return Some(found.0);
        }
        let all = |lang: Lang| {
            let words: Vec<&str> = list.values.iter().map(|(en, fr)| lang.pick(*en, *fr)).collect();
            words.join(", ")
        };
        let (en, fr) = (all(Lang::English), all(Lang::French));
        let (these_en, these_fr) = (&list.these.en, &list.these.fr);
        let d = Diagnostic::error(list.code, word.span, list.message.clone(), list.label.clone())
            .help(text!("{these_en} {en}", "{these_fr} {fr}"));
        let spellings = list.values.iter().map(|(en, fr)| lang.pick(*en, *fr));
        self.report(d.suggest(word.span, likely(&word.value, spellings)));
        None
    }

    /// A word of the other language.
    pub(super) fn other_language(&mut self, word: &str, right: &str, span: Span) {
        let d = Diagnostic::other_language(word, right, self.lang(span.file), span);
        self.report(d);
    }
}

/// A pair by its spelling in a language, accents aside.
fn find<'v>(values: &[(&'v str, &'v str)], word: &str, lang: Lang) -> Option<(&'v str, &'v str)> {
    let word = plain(word);
    values
        .iter()
        .find(|(en, fr)| plain(lang.pick(en, fr)) == word)
        .copied()
}

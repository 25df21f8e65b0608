//! Words of the other language: both vocabularies are read everywhere, a file uses one.

use super::grammar::Rule;
use super::node::Node;
use super::reader::Reader;
use super::words::{keyword, phrase};
use crate::diagnostic::Diagnostic;

impl Reader<'_> {
    /// Reports each word of the language that the file does not use.
    pub(super) fn other_language(&mut self, node: &Node<'_>) {
        for part in node.parts() {
            let rule = part.rule();
            if let Some(right) = phrase(rule, self.lang) {
                let foreign = part.parts().any(|word| self.is_foreign(&word));
                if foreign {
                    self.foreign_word(&part, right);
                }
            } else if self.is_foreign(&part) {
                let right = keyword(rule)
                    .and_then(|k| k.written(self.lang))
                    .unwrap_or_default();
                self.foreign_word(&part, right);
            } else {
                self.other_language(&part);
            }
        }
    }

    fn is_foreign(&self, node: &Node<'_>) -> bool {
        // The edition line says which language it is, so both may stand there.
        if matches!(node.rule(), Rule::kw_edition | Rule::kw_english | Rule::kw_french) {
            return false;
        }
        keyword(node.rule()).is_some_and(|keyword| {
            let is_in = |lang| keyword.spelling(node.text(), lang).is_some();
            is_in(self.lang.other()) && !is_in(self.lang)
        })
    }

    fn foreign_word(&mut self, node: &Node<'_>, right: &str) {
        let d = Diagnostic::other_language(node.text().trim(), right, self.lang, node.span());
        self.report(d);
    }
}

//! A piece of the parse, with what the readers ask of it.

use pest::iterators::Pair;

use super::grammar::Rule;
use crate::ast::{Spanned, Word};
use crate::span::{FileId, Span};

/// A piece of the parse of one file.
#[derive(Clone)]
pub(crate) struct Node<'i> {
    pair: Pair<'i, Rule>,
    file: FileId,
}

impl<'i> Node<'i> {
    pub(crate) fn new(pair: Pair<'i, Rule>, file: FileId) -> Self {
        Self { pair, file }
    }

    pub(crate) fn rule(&self) -> Rule {
        self.pair.as_rule()
    }

    /// The text of a leaf. Of other nodes it may end with white space.
    pub(crate) fn text(&self) -> &'i str {
        self.pair.as_str()
    }

    /// Where it stands, without the white space and comments at its end (which pest counts in).
    pub(crate) fn span(&self) -> Span {
        let start = self.pair.as_span().start();
        let mut last = self.pair.clone();
        while let Some(child) = last.clone().into_inner().next_back() {
            last = child;
        }
        let trimmed = last.as_str().trim_end();
        span(self.file, start, last.as_span().start() + trimmed.len())
    }

    /// All its parts in order.
    pub(crate) fn parts(&self) -> impl Iterator<Item = Node<'i>> + use<'i> {
        let file = self.file;
        self.pair
            .clone()
            .into_inner()
            .map(move |pair| Node { pair, file })
    }

    /// Its parts of one kind.
    pub(crate) fn all(&self, rule: Rule) -> impl Iterator<Item = Node<'i>> + use<'i> {
        self.parts().filter(move |n| n.rule() == rule)
    }

    /// Its first part of a kind.
    pub(crate) fn part(&self, rule: Rule) -> Option<Node<'i>> {
        self.all(rule).next()
    }

    /// Has it a part of a kind?
    pub(crate) fn has(&self, rule: Rule) -> bool {
        self.part(rule).is_some()
    }

    /// Its first part.
    pub(crate) fn first(&self) -> Option<Node<'i>> {
        self.parts().next()
    }

    /// Its text as a word.
    pub(crate) fn word(&self) -> Word {
        Spanned {
            value: self.text().to_owned(),
            span: self.span(),
        }
    }
}

/// A span from byte offsets; files are bounded far below 4 GiB.
pub(crate) fn span(file: FileId, start: usize, end: usize) -> Span {
    let offset = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Span {
        file,
        start: offset(start),
        end: offset(end),
    }
}

/// The smallest span that covers both.
pub(crate) fn join(a: Span, b: Span) -> Span {
    Span {
        file: a.file,
        start: a.start.min(b.start),
        end: a.end.max(b.end),
    }
}

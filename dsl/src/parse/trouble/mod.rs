//! What to say about a piece of text that was not understood.
//!
//! The grammar has cut it out as a `bad_...` up to where the next statement begins. Here it is looked at closely: first for
//! braces and quotes, then at its first word, then by parsing it with the rule that it should have followed, which tells
//! where that went wrong and what could have stood there.

mod braces;
mod events;
mod examples;
mod expected;
mod former;
mod slips;
mod statements;
mod sums;
mod synonyms;

use pest::Parser;
use pest::error::InputLocation;

use super::grammar::{Grammar, Rule};
use super::node::{Node, span};
use super::reader::Reader;
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::lang::{Lang, Text};
use crate::span::{FileId, Span};
use crate::text;
use statements::Place;

/// A piece that was not understood, and the file around it.
struct Piece<'i> {
    file: FileId,
    whole: &'i str,
    start: usize,
    text: &'i str,
    place: Place,
    lang: Lang,
}

/// A token of the piece: a word, a number or a single mark.
#[derive(Clone, Copy)]
struct Token<'i> {
    at: usize,
    text: &'i str,
}

impl Reader<'_> {
    /// Reports a `bad_...` and notes that something is missing there.
    pub(super) fn bad(&mut self, node: &Node<'_>) {
        let place = Place::of(node.rule());
        let at = node.span();
        let start = at.start as usize;
        let piece = Piece {
            file: self.file,
            whole: self.text,
            start,
            text: self.text.get(start..at.end as usize).unwrap_or(""),
            place,
            lang: self.lang,
        };
        self.broken(place.broken(piece.first_word().text), at);
        if self.is_full() {
            self.leave_out();
        } else {
            self.report(piece.explain());
        }
    }
}

/// The last resort.
pub(super) fn not_understood(span: Span) -> Diagnostic {
    Diagnostic::error(
        &codes::NOT_UNDERSTOOD,
        span,
        text!("This is not understood.", "Ceci n'est pas compris."),
        text!("not understood", "pas compris"),
    )
}

/// Where a text fails to follow a rule, and what could have stood there.
fn failure(rule: Rule, text: &str) -> Option<(usize, Vec<Rule>)> {
    let error = Grammar::parse(rule, text).err()?;
    let at = match error.location {
        InputLocation::Pos(at) | InputLocation::Span((at, _)) => at,
    };
    match error.variant {
        pest::error::ErrorVariant::ParsingError { positives, .. } => Some((at, positives)),
        pest::error::ErrorVariant::CustomError { .. } => Some((at, Vec::new())),
    }
}

impl<'i> Piece<'i> {
    fn explain(&self) -> Diagnostic {
        let first = self.first_word();
        braces::explain(self)
            .or_else(|| self.by_first_word(first))
            .unwrap_or_else(|| not_understood(self.span_of(first)))
    }

    /// Decides by the first word which statement this should have been.
    fn by_first_word(&self, first: Token<'i>) -> Option<Diagnostic> {
        if self.place == Place::Scenario && synonyms::is_when(first.text) {
            return Some(events::explain(self));
        }
        if self.place == Place::Acts && matches!(first.text, "send" | "envoyer" | "envoie") {
            return Some(self.medium_first(first));
        }
        if let Some(rule) = self.place.statement(first.text) {
            return Some(self.by_rule(rule).unwrap_or_else(|| self.wrong_place(first)));
        }
        if let Some(rule) = self.place.always()
            && !self.continues_a_line()
        {
            return self.by_rule(rule);
        }
        if self.continues_a_line() {
            return Some(
                slips::explain(self, first, &[])
                    .or_else(|| self.by_statement_before())
                    .unwrap_or_else(|| {
                        let help = text!("what stands before it is complete", "ce qui précède est complet");
                        self.like_statement_before(self.not_here(first, help))
                    }),
            );
        }
        let here = self.place.list();
        let (en, fr) = (here.en, here.fr);
        let help = text!("here can stand: {en}", "ici peuvent figurer : {fr}");
        if statements::home_of(first.text).is_some() {
            return Some(self.wrong_place(first));
        }
        if !first.text.starts_with(|c: char| c.is_alphabetic()) {
            return Some(slips::explain(self, first, &[]).unwrap_or_else(|| self.not_here(first, help)));
        }
        let d = Diagnostic::error(
            &codes::UNKNOWN_STATEMENT,
            self.span_of(first),
            text!(
                "`{}` is not a statement that can stand here.",
                "`{}` n'est pas une instruction qui peut figurer ici.",
                first.text
            ),
            text!("not known here", "inconnu ici"),
        )
        .help(help);
        if let Some(meant) = synonyms::of(self.place, first.text) {
            // Told, not made: what follows the word may have to change with it.
            let (en, fr) = (meant.en, meant.fr);
            return Some(d.help(text!("write `{en}`", "écrivez `{fr}`")));
        }
        let words = self.place.words(self.lang);
        Some(d.suggest(self.span_of(first), likely(first.text, words)))
    }

    fn wrong_place(&self, first: Token<'_>) -> Diagnostic {
        let home = statements::home_of(first.text).unwrap_or_else(|| text!("elsewhere", "ailleurs"));
        let message = text!(
            "`{}` does not belong here.",
            "`{}` n'a pas sa place ici.",
            first.text
        );
        let (en, fr) = (home.en, home.fr);
        let label = text!("in the wrong place", "au mauvais endroit");
        Diagnostic::error(&codes::WRONG_PLACE, self.span_of(first), message, label).help(text!(
            "it belongs {en}; is there a `}}` too many, or one missing, above?",
            "sa place est {fr} ; y a-t-il une `}}` de trop, ou une qui manque, plus haut ?"
        ))
    }

    /// `send email template reminder`
    fn medium_first(&self, first: Token<'_>) -> Diagnostic {
        let message = text!(
            "A message begins with its medium, without `{}`.",
            "Un message commence par son canal, sans `{}`.",
            first.text
        );
        let label = text!("not needed here", "inutile ici");
        let d = Diagnostic::error(&codes::WRONG_PLACE, self.span_of(first), message, label);
        with_example(d, Rule::message, self)
    }

    /// It and the statement that stands before it in its line.
    fn with_statement_before(&self) -> Option<Self> {
        let line = self.whole.get(..self.start)?.rfind('\n').map_or(0, |at| at + 1);
        let before = self.whole.get(line..self.start)?;
        let begin = before.rfind(['{', ';']).map_or(line, |at| line + at + 1);
        let begin = begin
            + (self.whole.get(begin..self.start)?.len()
                - self.whole.get(begin..self.start)?.trim_start().len());
        let end = self.start + self.text.len();
        Some(Piece {
            start: begin,
            text: self.whole.get(begin..end)?,
            ..*self
        })
    }

    /// Shows how the statement before it is written.
    fn like_statement_before(&self, d: Diagnostic) -> Diagnostic {
        let both = self.with_statement_before();
        match both.as_ref().and_then(Piece::statement) {
            Some(rule) => with_example(d, rule, both.as_ref().unwrap_or(self)),
            None => d,
        }
    }

    /// The statement that it should have been, by its first word or by its place.
    fn statement(&self) -> Option<Rule> {
        self.place
            .statement(self.first_word().text)
            .or_else(|| self.place.always())
    }

    /// For what follows a statement in its line: reads the two as one statement, to learn what could have followed.
    fn by_statement_before(&self) -> Option<Diagnostic> {
        let both = self.with_statement_before()?;
        let begin = both.start;
        let (at, positives) = failure(self.place.whole_statement()?, both.text)?;
        // Only what lies in the second part is of interest, and only when it says more than "the end".
        let token = both.token_at(at).filter(|t| begin + t.at >= self.start)?;
        let says_more = expected::list(&positives).is_some();
        says_more.then(|| {
            slips::explain(&both, token, &positives)
                .unwrap_or_else(|| self.like_statement_before(both.unexpected(token, &positives)))
        })
    }

    /// Parses it as what it should have been, to learn where that fails; nothing when it does not fail.
    fn by_rule(&self, rule: Rule) -> Option<Diagnostic> {
        let (at, positives) = failure(rule, self.text)?;
        if rule == Rule::event && events::is_of_the_event(self.text, at) {
            return Some(events::explain(self));
        }
        let found = match self.token_at(at) {
            Some(token) => slips::explain(self, token, &positives)
                .unwrap_or_else(|| with_example(self.unexpected(token, &positives), rule, self)),
            None => with_example(self.ends_too_early(&positives), rule, self),
        };
        Some(found)
    }

    fn unexpected(&self, token: Token<'i>, positives: &[Rule]) -> Diagnostic {
        let at = self.span_of(token);
        let d = self.not_expected(token);
        let Some(list) = expected::list(positives) else {
            return d;
        };
        let (en, fr) = (list.en, list.fr);
        let d = d.help(text!("here should stand {en}", "ici devrait figurer {fr}"));
        let words = expected::keywords(positives, self.lang);
        match likely(token.text, words) {
            Some(word) => d.suggest(at, Some(word)),
            None => d,
        }
    }

    fn ends_too_early(&self, positives: &[Rule]) -> Diagnostic {
        let end = self.start + self.text.trim_end().len();
        let start = self
            .whole
            .get(..end)
            .and_then(|s| s.char_indices().next_back())
            .map_or(end, |(i, _)| i);
        let message = match expected::list(positives) {
            None => text!(
                "Something is missing after this.",
                "Il manque quelque chose après ceci."
            ),
            Some(Text { en, fr }) => text!("After this, {en} is missing.", "Après ceci, il manque {fr}."),
        };
        Diagnostic::error(
            &codes::NOT_UNDERSTOOD,
            span(self.file, start, end),
            message,
            text!(
                "something is missing after this",
                "il manque quelque chose après ceci"
            ),
        )
    }

    fn not_expected(&self, token: Token<'i>) -> Diagnostic {
        let message = text!(
            "`{}` is not expected here.",
            "`{}` n'est pas attendu ici.",
            shown(token.text)
        );
        let label = text!("not expected here", "pas attendu ici");
        Diagnostic::error(&codes::NOT_UNDERSTOOD, self.span_of(token), message, label)
    }

    fn not_here(&self, token: Token<'i>, help: Text) -> Diagnostic {
        self.not_expected(token).help(help)
    }

    /// Does it go on in a line in which a whole statement stands already?
    fn continues_a_line(&self) -> bool {
        let before = self.whole.get(..self.start).unwrap_or("");
        let line = before.rsplit('\n').next().unwrap_or("").trim();
        !(line.is_empty() || line.ends_with(['{', '}', ';']))
    }

    fn first_word(&self) -> Token<'i> {
        self.token_at(0).unwrap_or(Token { at: 0, text: "" })
    }

    /// The word or mark at an offset of the piece; none at its end.
    fn token_at(&self, at: usize) -> Option<Token<'i>> {
        let rest = self.text.get(at..)?;
        let first = rest.chars().next()?;
        let is_word = |c: char| c.is_alphanumeric() || c == '_';
        let length = if is_word(first) {
            rest.find(|c| !is_word(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        rest.get(..length).map(|text| Token { at, text })
    }

    /// All that stands before a token in its line, of the statement before, too.
    fn line_before(&self, token: Token<'_>) -> &'i str {
        let before = self.whole.get(..self.start + token.at).unwrap_or("");
        before.rsplit('\n').next().unwrap_or("")
    }

    fn span_of(&self, token: Token<'_>) -> Span {
        let at = self.start + token.at;
        span(self.file, at, at + token.text.len())
    }
}

/// Shows how the statement is written, unless a sure correction is told already.
fn with_example(d: Diagnostic, rule: Rule, piece: &Piece<'_>) -> Diagnostic {
    let Some(Text { en, fr }) = examples::of(rule, piece.text, piece.lang).filter(|_| d.fix.is_none()) else {
        return d;
    };
    let help = match d.help.clone() {
        Some(Text {
            en: before,
            fr: avant,
        }) => text!(
            "{before}; write it as in `{en}`",
            "{avant} ; écrivez comme dans `{fr}`"
        ),
        None => text!("write it as in `{en}`", "écrivez comme dans `{fr}`"),
    };
    d.help(help)
}

/// A word short enough to stand in a message.
fn shown(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}

//! Courtesy steps, levels and what they do.

use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{Anchor, Direction, Spanned, Step, Then, Timing};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;
use crate::text;

impl Reader<'_> {
    /// All steps of a block, and what in it was not understood.
    pub(super) fn steps(&mut self, node: &Node<'_>, kind: Rule, into: &mut Vec<Step>) {
        for part in node.parts() {
            if part.rule() == kind {
                into.extend(self.step(&part));
            } else if part.rule() == Rule::bad_step {
                self.bad(&part);
            }
        }
    }

    /// `then after 15 days { ... }`
    pub(super) fn then(&mut self, node: &Node<'_>) -> Option<Then> {
        let word = node.first()?.span();
        let after = self.period(&node.part(Rule::period)?);
        Some(Then {
            name: node.part(Rule::name).map(|n| n.word()),
            title: self.title(node),
            when: self.when(node),
            acts: self.acts(node),
            span: join(word, after.span),
            after,
        })
    }

    fn step(&mut self, node: &Node<'_>) -> Option<Step> {
        let is_level = node.rule() == Rule::level;
        let word = node.first()?.span();
        let declared = self.declared(node, if is_level { "level" } else { "step" });
        let level = node.part(Rule::number).map(|n| self.number(&n));
        if is_level && level.is_none() {
            let d = Diagnostic::error(
                &codes::LEVEL_NUMBER_MISSING,
                word,
                text!("This level has no number.", "Ce niveau n'a pas de numéro."),
                text!("which one?", "lequel ?"),
            );
            self.report(d.help(text!(
                "number the levels from 1, as in `level 1 {}`",
                "numérotez les niveaux à partir de 1, comme dans `niveau 1 {}`",
                declared.name.value
            )));
        }
        let timing = node.part(Rule::timing)?;
        let timing = self.timing(&timing);
        Some(Step {
            span: join(word, declared.name.span),
            declared,
            level,
            timing,
            when: self.when(node),
            acts: self.acts(node),
        })
    }

    fn timing(&mut self, node: &Node<'_>) -> Timing {
        let span = node.span();
        let period = node.part(Rule::period).map(|n| self.period(&n));
        let anchor = match node.part(Rule::on_due) {
            Some(due) => Some(Spanned {
                value: Anchor::Due,
                span: due.span(),
            }),
            None => node.part(Rule::anchor).and_then(|n| self.anchor(&n)),
        };
        let word = node
            .parts()
            .find(|n| matches!(n.rule(), Rule::kw_before | Rule::kw_after));
        match (&word, &anchor) {
            (Some(word), None) => self.anchor_missing(word),
            (None, _) if period.is_some() && !node.has(Rule::on_due) => {
                self.direction_missing(span, anchor.is_some())
            }
            _ => {}
        }
        let before = word.is_some_and(|n| n.rule() == Rule::kw_before);
        Timing {
            period,
            direction: if before {
                Direction::Before
            } else {
                Direction::After
            },
            anchor,
            span,
        }
    }

    fn anchor(&mut self, node: &Node<'_>) -> Option<Spanned<Anchor>> {
        let value = if node.has(Rule::kw_due) {
            Anchor::Due
        } else if node.has(Rule::kw_issue) {
            Anchor::Issue
        } else if let Some(number) = node.part(Rule::number) {
            Anchor::Level(self.number(&number).value)
        } else {
            Anchor::Other(node.part(Rule::name)?.text().to_owned())
        };
        Some(Spanned {
            value,
            span: node.span(),
        })
    }

    fn anchor_missing(&mut self, word: &Node<'_>) {
        let text = word.text();
        let d = Diagnostic::error(
            &codes::ANCHOR_MISSING,
            word.span(),
            text!("`{text}` what?", "`{text}` quoi ?"),
            text!("{text} what?", "{text} quoi ?"),
        );
        self.report(d.help(if word.rule() == Rule::kw_before {
            text!("write `before due`", "écrivez `avant échéance`")
        } else {
            text!(
                "write `after due` for the due date, or `after level 1` for the day on which level 1 was carried out",
                "écrivez `après échéance` pour la date d'échéance, ou `après niveau 1` pour le jour où le niveau 1 a été exécuté"
            )
        }));
    }

    fn direction_missing(&mut self, span: Span, has_anchor: bool) {
        let message = if has_anchor {
            text!("Before or after?", "Avant ou après ?")
        } else {
            text!(
                "This does not say what to count from.",
                "Ceci ne dit pas à partir de quoi compter."
            )
        };
        let label = text!("before or after what?", "avant ou après quoi ?");
        let d = Diagnostic::error(&codes::ANCHOR_MISSING, span, message, label);
        self.report(d.help(text!(
            "write, for example, `3 days after due` or `8 days after level 1`",
            "écrivez, par exemple, `3 jours après échéance` ou `8 jours après niveau 1`"
        )));
    }
}

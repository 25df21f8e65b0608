//! The payer score.

use rust_decimal::Decimal;

use super::act::hook_call;
use super::grammar::Rule;
use super::node::{Node, join};
use super::reader::Reader;
use crate::ast::{Band, Points, Score, ScoreLine, Spanned};

impl Reader<'_> {
    /// `score payer from 0 to 100 start 60 { ... }`
    pub(super) fn score(&mut self, node: &Node<'_>) -> Score {
        let declared = self.declared(node, "score");
        let mut numbers: Vec<Spanned<Decimal>> = node.all(Rule::integer).map(|n| self.integer(&n)).collect();
        let zero = Spanned {
            value: Decimal::ZERO,
            span: declared.name.span,
        };
        numbers.resize(3, zero);
        let head = node
            .all(Rule::integer)
            .last()
            .map_or(declared.name.span, |n| n.span());
        let mut score = Score {
            span: join(node.first().map_or(head, |n| n.span()), head),
            declared,
            start: numbers.remove(2),
            to: numbers.remove(1),
            from: numbers.remove(0),
            lines: Vec::new(),
            bands: Vec::new(),
        };
        for part in node.parts() {
            match part.rule() {
                Rule::score_line => score.lines.extend(self.score_line(&part)),
                Rule::bands => score.bands.extend(part.all(Rule::band).map(|n| self.band(&n))),
                Rule::bad_score => self.bad(&part),
                _ => {}
            }
        }
        score
    }

    fn score_line(&mut self, node: &Node<'_>) -> Option<ScoreLine> {
        if let Some(hook) = node.part(Rule::hook_call) {
            return Some(ScoreLine {
                sign: sign(node),
                points: Points::Hook(hook_call(&hook)?),
                when: self.when(node),
                span: node.span(),
            });
        }
        let points = self.number(&node.part(Rule::number)?);
        let points = match node.part(Rule::per_unit) {
            None => Points::Fixed(points),
            Some(per) => Points::Per {
                points,
                of: self.sum(&per.part(Rule::sum)?),
                above: per
                    .part(Rule::above)
                    .and_then(|n| n.part(Rule::integer))
                    .map(|n| self.integer(&n)),
                at_most: per
                    .part(Rule::at_most)
                    .and_then(|n| n.part(Rule::number))
                    .map(|n| self.number(&n)),
            },
        };
        Some(ScoreLine {
            sign: sign(node),
            points,
            when: self.when(node),
            span: node.span(),
        })
    }

    fn band(&mut self, node: &Node<'_>) -> Band {
        Band {
            declared: self.declared(node, "band"),
            from: node.part(Rule::integer).map(|n| self.integer(&n)),
            span: node.span(),
        }
    }
}

/// +1 for `add`, -1 for `subtract`.
fn sign(node: &Node<'_>) -> i8 {
    if node.has(Rule::kw_subtract) { -1 } else { 1 }
}

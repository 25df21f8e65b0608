//! The payer score.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Checker;
use super::declarations::name;
use crate::ast::{self, BrokenKind, Spanned};
use crate::checked::{Band, Points, Score, ScoreLine};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::vocabulary::{Context, Type};

/// Scores and points stay within this, either side of 0.
const BOUND: i32 = 10_000;

impl Checker<'_> {
    /// The score, if there is one.
    pub(super) fn score(&mut self) -> Option<Score> {
        let score = *self.names.scores.first()?;
        let from = self.whole(&score.from);
        let to = self.whole(&score.to);
        let start = self.whole(&score.start);
        if from >= to {
            let message = format!("A score from {from} to {to} has no values.");
            let d = Diagnostic::error(
                &codes::SCORE_RANGE,
                score.to.span,
                message,
                "not above the lowest",
            );
            self.report(d.help("write the lower number first, as in `from 0 to 100`"));
        } else if start < from || start > to {
            let message = format!("The score starts at {start}, outside of {from} to {to}.");
            let d = Diagnostic::error(
                &codes::SCORE_RANGE,
                score.start.span,
                message,
                "outside of the range",
            );
            self.report(d.help(format!("start between {from} and {to}")));
        }
        let lines = score.lines.iter().filter_map(|l| self.score_line(l)).collect();
        let bands = self.bands(score, from, to);
        Some(Score {
            name: name(&score.declared),
            from,
            to,
            start,
            lines,
            bands,
        })
    }

    fn score_line(&mut self, line: &ast::ScoreLine) -> Option<ScoreLine> {
        let when = line.when.as_ref().map(|e| self.condition(e, Context::Score));
        let points = match &line.points {
            ast::Points::Fixed(points) => Some(Points::Fixed(self.points(points))),
            ast::Points::Hook(call) => self.points_of_hook(call).map(Points::Hook),
            ast::Points::Per {
                points,
                of,
                above,
                at_most,
            } => {
                let points = self.points(points);
                let at_most = at_most.as_ref().map(|n| self.points(n));
                let above = above.as_ref().map_or(Decimal::ZERO, |n| n.value);
                self.number_of(of).map(|of| Points::Per {
                    points,
                    of,
                    above,
                    at_most,
                })
            }
        };
        let when = match when {
            Some(None) => return None,
            Some(when) => when,
            None => None,
        };
        Some(ScoreLine {
            sign: line.sign,
            points: points?,
            when,
            span: line.span,
        })
    }

    fn number_of(&mut self, of: &ast::Expr) -> Option<crate::checked::Expr> {
        let typed = self.value(of, Context::Score, None)?;
        if matches!(typed.ty, Type::Whole | Type::Decimal | Type::Percent) {
            return Some(typed.expr);
        }
        let message = format!(
            "Points per unit need a number; this is {}.",
            self.type_name(typed.ty)
        );
        let d = Diagnostic::error(&codes::PER_NEEDS_NUMBER, of.span, message, "not a number");
        self.report(d.help("use a fact that counts, as in `per day of account.average_days_late`"));
        None
    }

    fn bands(&mut self, score: &ast::Score, from: i32, to: i32) -> Vec<Band> {
        if score.bands.is_empty() && !self.may_be_hidden(&[BrokenKind::Score]) {
            let d = Diagnostic::error(
                &codes::NO_BANDS,
                score.declared.name.span,
                "This score has no bands.",
                "no bands",
            );
            self.report(d.help("write, for example, `bands { good from 70, fair from 40, poor }` inside"));
        }
        let last = score.bands.len().saturating_sub(1);
        let mut previous: Option<i32> = None;
        let mut bands = Vec::new();
        for (i, band) in score.bands.iter().enumerate() {
            let bound = band.from.as_ref().map(|n| (self.whole(n), n.span));
            match bound {
                None if i < last => self.band_bound(
                    band,
                    "is not the last band, so it needs a lower bound",
                    "write it, as in `good from 70`",
                ),
                Some(_) if i == last => self.band_bound(
                    band,
                    "is the last band, so it takes all that are left",
                    "leave its lower bound out",
                ),
                Some((bound, span)) => {
                    if previous.is_some_and(|p| bound >= p) {
                        let message = format!(
                            "Band `{}` begins at {bound}, not below the one before it.",
                            band.declared.name.value
                        );
                        let d = Diagnostic::error(
                            &codes::BANDS_OUT_OF_ORDER,
                            span,
                            message,
                            "not lower than the one before",
                        );
                        self.report(d.help("write the bands from the best to the worst"));
                    } else if from < to && (bound <= from || bound > to) {
                        let message = format!(
                            "Band `{}` begins at {bound}, outside of the score's range.",
                            band.declared.name.value
                        );
                        let d = Diagnostic::error(&codes::BAND_BOUND, span, message, "outside of the range");
                        self.report(d.help(format!("write a number above {from}, at most {to}")));
                    }
                    previous = Some(bound);
                }
                None => {}
            }
            bands.push(Band {
                name: name(&band.declared),
                from: bound.map(|(n, _)| n).filter(|_| i < last),
            });
        }
        bands
    }

    fn band_bound(&mut self, band: &ast::Band, what: &str, help: &str) {
        let message = format!("`{}` {what}.", band.declared.name.value);
        let d = Diagnostic::error(&codes::BAND_BOUND, band.span, message, "this band");
        self.report(d.help(help));
    }

    fn points(&mut self, number: &Spanned<Decimal>) -> u32 {
        self.whole(number).unsigned_abs()
    }

    /// A whole number within bounds; reported otherwise.
    fn whole(&mut self, number: &Spanned<Decimal>) -> i32 {
        let whole = number
            .value
            .fract()
            .is_zero()
            .then(|| number.value.to_i32())
            .flatten();
        if let Some(n) = whole.filter(|n| (-BOUND..=BOUND).contains(n)) {
            return n;
        }
        let message = format!("Scores and points are whole numbers up to {BOUND}.");
        let d = Diagnostic::error(
            &codes::POINTS_NOT_WHOLE,
            number.span,
            message,
            "not such a number",
        );
        self.report(d.help("write a whole number"));
        0
    }
}

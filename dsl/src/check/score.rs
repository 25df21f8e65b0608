//! The payer score.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Checker;
use super::declarations::name;
use crate::ast::{self, BrokenKind, Spanned};
use crate::checked::{Band, Points, Score, ScoreLine};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::text;
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
            let message = text!(
                "A score from {from} to {to} has no values.",
                "Un score de {from} à {to} n'a aucune valeur."
            );
            let d = Diagnostic::error(
                &codes::SCORE_RANGE,
                score.to.span,
                message,
                text!("not above the lowest", "pas supérieur au minimum"),
            );
            self.report(d.help(text!(
                "write the lower number first, as in `from 0 to 100`",
                "écrivez d'abord le plus petit nombre, comme dans `de 0 à 100`"
            )));
        } else if start < from || start > to {
            let message = text!(
                "The score starts at {start}, outside of {from} to {to}.",
                "Le score part de {start}, qui n'est pas entre {from} et {to}."
            );
            let d = Diagnostic::error(
                &codes::SCORE_RANGE,
                score.start.span,
                message,
                text!("outside of the range", "hors de l'intervalle"),
            );
            self.report(d.help(text!(
                "start between {from} and {to}",
                "partez d'une valeur entre {from} et {to}"
            )));
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
        let Text { en, fr } = self.type_name(typed.ty);
        let message = text!(
            "Points per unit need a number; this is {en}.",
            "Des points par unité demandent un nombre ; ceci est {fr}."
        );
        let label = text!("not a number", "pas un nombre");
        let d = Diagnostic::error(&codes::PER_NEEDS_NUMBER, of.span, message, label);
        self.report(d.help(text!(
            "use a fact that counts, as in `per day of account.average_days_late`",
            "utilisez une donnée qui compte, comme dans `par jour de compte.retard_moyen`"
        )));
        None
    }

    fn bands(&mut self, score: &ast::Score, from: i32, to: i32) -> Vec<Band> {
        if score.bands.is_empty() && !self.may_be_hidden(&[BrokenKind::Score]) {
            let d = Diagnostic::error(
                &codes::NO_BANDS,
                score.declared.name.span,
                text!("This score has no bands.", "Ce score n'a pas de tranches."),
                text!("no bands", "pas de tranches"),
            );
            self.report(d.help(text!(
                "write, for example, `bands {{ good from 70, fair from 40, poor }}` inside",
                "écrivez-y, par exemple, `tranches {{ bon dès 70, moyen dès 40, mauvais }}`"
            )));
        }
        let last = score.bands.len().saturating_sub(1);
        let mut previous: Option<i32> = None;
        let mut bands = Vec::new();
        for (i, band) in score.bands.iter().enumerate() {
            let bound = band.from.as_ref().map(|n| (self.whole(n), n.span));
            match bound {
                None if i < last => self.bound_missing(band),
                Some(_) if i == last => self.bound_in_the_way(band),
                Some((bound, span)) => {
                    let name = &band.declared.name.value;
                    if previous.is_some_and(|p| bound >= p) {
                        let message = text!(
                            "Band `{name}` begins at {bound}, not below the one before it.",
                            "La tranche `{name}` commence à {bound}, pas plus bas que la précédente."
                        );
                        let d = Diagnostic::error(
                            &codes::BANDS_OUT_OF_ORDER,
                            span,
                            message,
                            text!("not lower than the one before", "pas plus bas que la précédente"),
                        );
                        self.report(d.help(text!(
                            "write the bands from the best to the worst",
                            "écrivez les tranches de la meilleure à la plus mauvaise"
                        )));
                    } else if from < to && (bound <= from || bound > to) {
                        let message = text!(
                            "Band `{name}` begins at {bound}, outside of the score's range.",
                            "La tranche `{name}` commence à {bound}, hors de l'intervalle du score."
                        );
                        let label = text!("outside of the range", "hors de l'intervalle");
                        let d = Diagnostic::error(&codes::BAND_BOUND, span, message, label);
                        self.report(d.help(text!(
                            "write a number above {from}, at most {to}",
                            "écrivez un nombre supérieur à {from}, au plus {to}"
                        )));
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

    fn bound_missing(&mut self, band: &ast::Band) {
        let name = &band.declared.name.value;
        let message = text!(
            "`{name}` is not the last band, so it needs a lower bound.",
            "`{name}` n'est pas la dernière tranche : il lui faut une borne inférieure."
        );
        let d = Diagnostic::error(
            &codes::BAND_BOUND,
            band.span,
            message,
            text!("this band", "cette tranche"),
        );
        self.report(d.help(text!(
            "write it, as in `good from 70`",
            "écrivez-la, comme dans `bon dès 70`"
        )));
    }

    fn bound_in_the_way(&mut self, band: &ast::Band) {
        let name = &band.declared.name.value;
        let message = text!(
            "`{name}` is the last band, so it takes all that are left.",
            "`{name}` est la dernière tranche : elle prend tout ce qui reste."
        );
        let d = Diagnostic::error(
            &codes::BAND_BOUND,
            band.span,
            message,
            text!("this band", "cette tranche"),
        );
        self.report(d.help(text!(
            "leave its lower bound out",
            "n'écrivez pas sa borne inférieure"
        )));
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
        let message = text!(
            "Scores and points are whole numbers up to {BOUND}.",
            "Les scores et les points sont des nombres entiers, jusqu'à {BOUND}."
        );
        let d = Diagnostic::error(
            &codes::POINTS_NOT_WHOLE,
            number.span,
            message,
            text!("not such a number", "pas un tel nombre"),
        );
        self.report(d.help(text!("write a whole number", "écrivez un nombre entier")));
        0
    }
}

//! Courtesy steps and levels.

use super::Checker;
use super::acts::Site;
use super::declarations::name;
use super::settings::{Settings, bounded};
use crate::ast::{self, BrokenKind};
use crate::checked::{Step, Timing};
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::period::{Period, PeriodUnit};
use crate::span::Span;
use crate::text;
use crate::vocabulary::Context;

/// The name under which thanks are kept in the history of an invoice.
const THANKS: &str = "thanks";

/// Most levels of a scenario.
const MOST_LEVELS: u16 = 50;

impl<'a> Checker<'a> {
    /// The steps before the due date.
    pub(super) fn courtesy(&mut self, scenario: &'a ast::Scenario, settings: &Settings) -> Vec<Step> {
        let mut steps = Vec::new();
        for step in &scenario.courtesy {
            let timing = self.courtesy_timing(&step.timing, settings);
            let checked = self.step(step, None, timing, settings);
            steps.push(checked);
        }
        steps
    }

    /// The levels, which are numbered from 1 without gaps.
    pub(super) fn levels(&mut self, scenario: &'a ast::Scenario, settings: &Settings) -> Vec<Step> {
        let mut levels: Vec<Step> = Vec::new();
        let mut expected: u16 = 1;
        let mut previous: Option<Span> = None;
        for step in &scenario.levels {
            let number = match &step.level {
                Some(number) => {
                    let level = bounded(number, 0, u16::MAX);
                    if level != Some(expected) && !self.may_be_hidden(&[BrokenKind::Step]) {
                        self.out_of_order(number, expected, previous);
                    }
                    level.unwrap_or(expected).min(MOST_LEVELS)
                }
                None => expected,
            };
            let level = u8::try_from(number).unwrap_or(u8::MAX);
            let in_order = number == expected;
            let timing = self.level_timing(&step.timing, level, in_order, settings);
            if let Some(last) = levels.last() {
                self.is_later(last.timing, timing, step.timing.span);
            }
            let checked = self.step(step, Some(level), timing, settings);
            levels.push(checked);
            previous = Some(step.span);
            expected = number.saturating_add(1);
        }
        levels
    }

    fn out_of_order(
        &mut self,
        number: &ast::Spanned<rust_decimal::Decimal>,
        expected: u16,
        previous: Option<Span>,
    ) {
        let message = if expected > MOST_LEVELS {
            text!(
                "A scenario has at most {MOST_LEVELS} levels.",
                "Un scénario a au plus {MOST_LEVELS} niveaux."
            )
        } else {
            let level = number.value;
            text!(
                "Level {level} stands where level {expected} should stand.",
                "Le niveau {level} figure là où devrait figurer le niveau {expected}."
            )
        };
        let label = text!("out of order", "pas dans l'ordre");
        let mut d = Diagnostic::error(&codes::LEVEL_OUT_OF_ORDER, number.span, message, label).help(text!(
            "levels are numbered 1, 2, 3 ... without gaps, in the order in which they stand",
            "les niveaux sont numérotés 1, 2, 3 ... sans trou, dans l'ordre où ils figurent"
        ));
        if let Some(previous) = previous {
            d = d.also(previous, text!("the level before it", "le niveau précédent"));
        }
        self.report(d);
    }

    /// Levels that both count from the due date come one after the other.
    fn is_later(&mut self, last: Timing, this: Timing, span: Span) {
        if let (Timing::AfterDue(a), Timing::AfterDue(b)) = (last, this)
            && let (Some(a), Some(b)) = (comparable(a), comparable(b))
            && a.0 == b.0
            && b.1 <= a.1
        {
            let d = Diagnostic::error(
                &codes::LEVEL_NOT_LATER,
                span,
                text!(
                    "This level is not later than the one before it.",
                    "Ce niveau n'est pas postérieur au précédent."
                ),
                text!("too early", "trop tôt"),
            );
            self.report(d.help(text!(
                "count it from the level before, as in `8 days after level 1`, or write a longer time",
                "comptez-le à partir du niveau précédent, comme dans `8 jours après niveau 1`, ou écrivez une durée plus longue"
            )));
        }
    }

    fn step(&mut self, step: &ast::Step, level: Option<u8>, timing: Timing, settings: &Settings) -> Step {
        if step.declared.name.value == THANKS {
            let d = Diagnostic::error(
                &codes::RESERVED_NAME,
                step.declared.name.span,
                text!(
                    "A step cannot be called `thanks`: that is what the message after payment is called.",
                    "Une étape ne peut pas s'appeler `thanks` : c'est le nom du message qui suit le paiement."
                ),
                text!("a reserved name", "un nom réservé"),
            );
            self.report(d.help(text!("choose another name", "choisissez un autre nom")));
        }
        let when = step.when.as_ref().and_then(|e| self.condition(e, Context::Step));
        let what = Text::same(format!("`{}`", step.declared.name.value));
        self.has_acts(&step.acts, step.span, &what);
        Step {
            name: name(&step.declared),
            level,
            timing,
            when,
            acts: self.acts(&step.acts, settings, Site::Step),
        }
    }
}

/// The kind of unit and the count, for units that can be compared.
fn comparable(period: Period) -> Option<(PeriodUnit, u32)> {
    let count = u32::from(period.count);
    match period.unit {
        PeriodUnit::Weeks => Some((PeriodUnit::Days, count * 7)),
        unit => Some((unit, count)),
    }
}

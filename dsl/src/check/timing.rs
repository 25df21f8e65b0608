//! When steps are due.

use super::Checker;
use super::settings::{Settings, bounded};
use crate::ast::{self, Anchor, BrokenKind, Direction};
use crate::checked::Timing;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::period::{Period, PeriodUnit};
use crate::text;

/// What stands in for a timing that was reported.
const NOW: Period = Period {
    count: 0,
    unit: PeriodUnit::Days,
};

impl Checker<'_> {
    /// A courtesy step counts back from the due date.
    pub(super) fn courtesy_timing(&mut self, timing: &ast::Timing, settings: &Settings) -> Timing {
        let period = self.timing_period(timing, settings);
        match timing.anchor.as_ref().map(|a| (&a.value, a.span)) {
            None => {}
            Some((Anchor::Due, _)) if timing.direction == Direction::Before => {}
            Some((Anchor::Due, _)) => {
                let d = Diagnostic::error(
                    &codes::WRONG_SIDE_OF_DUE,
                    timing.span,
                    text!(
                        "A courtesy step comes before the due date.",
                        "Une étape de prévenance vient avant l'échéance."
                    ),
                    text!("not before the due date", "pas avant l'échéance"),
                );
                self.report(d.help(text!(
                    "write `before due`, or make it a level inside `dunning {{ }}`",
                    "écrivez `avant échéance`, ou faites-en un niveau dans `relance {{ }}`"
                )));
            }
            Some((_, span)) => {
                let d = Diagnostic::error(
                    &codes::WRONG_ANCHOR,
                    span,
                    text!(
                        "A courtesy step counts from the due date.",
                        "Une étape de prévenance se compte à partir de l'échéance."
                    ),
                    text!("not the due date", "pas l'échéance"),
                );
                self.report(d.help(text!(
                    "write, for example, `5 business days before due`",
                    "écrivez, par exemple, `5 jours ouvrés avant échéance`"
                )));
            }
        }
        Timing::BeforeDue(period)
    }

    /// A level counts from the due date, or from the level before it. When its own number is wrong, its anchor is let pass.
    pub(super) fn level_timing(
        &mut self,
        timing: &ast::Timing,
        level: u8,
        in_order: bool,
        settings: &Settings,
    ) -> Timing {
        let period = self.timing_period(timing, settings);
        let Some(anchor) = &timing.anchor else {
            return Timing::AfterDue(period);
        };
        if timing.direction == Direction::Before {
            let d = Diagnostic::error(
                &codes::WRONG_SIDE_OF_DUE,
                timing.span,
                text!(
                    "A level comes after the due date.",
                    "Un niveau vient après l'échéance."
                ),
                text!("before", "avant"),
            );
            self.report(d.help(text!(
                "write `after`, or make it a step inside `courtesy {{ }}`",
                "écrivez `après`, ou faites-en une étape dans `prévenance {{ }}`"
            )));
            return Timing::AfterDue(period);
        }
        let before = level.saturating_sub(1);
        match &anchor.value {
            Anchor::Due => Timing::AfterDue(period),
            Anchor::Issue => Timing::AfterIssue(period),
            Anchor::Level(number) => {
                let number = ast::Spanned {
                    value: *number,
                    span: anchor.span,
                };
                let hidden = self.may_be_hidden(&[BrokenKind::Step]);
                if (before == 0 || bounded(&number, 1, 250) != Some(u16::from(before))) && in_order && !hidden
                {
                    self.wrong_level(&anchor.value, anchor.span, level);
                }
                Timing::AfterLevel(period, before.max(1))
            }
            Anchor::Other(_) => {
                self.wrong_level(&anchor.value, anchor.span, level);
                Timing::AfterDue(period)
            }
        }
    }

    fn wrong_level(&mut self, anchor: &Anchor, span: crate::span::Span, level: u8) {
        let before = level.saturating_sub(1);
        let message = match anchor {
            Anchor::Other(word) => text!(
                "`{word}` is not something to count from.",
                "On ne compte pas à partir de `{word}`."
            ),
            _ if before == 0 => text!(
                "The first level counts from the due date.",
                "Le premier niveau se compte à partir de l'échéance."
            ),
            _ => text!(
                "Level {level} counts from level {before}, the one before it.",
                "Le niveau {level} se compte à partir du niveau {before}, celui qui le précède."
            ),
        };
        let label = text!("counted from the wrong thing", "mauvais point de départ");
        let d = Diagnostic::error(&codes::WRONG_ANCHOR, span, message, label);
        self.report(if before == 0 {
            d.help(text!("write `after due`", "écrivez `après échéance`"))
                .fix(span, text!("due", "échéance"))
        } else {
            d.help(text!(
                "write `after level {before}`, or `after due`",
                "écrivez `après niveau {before}`, ou `après échéance`"
            ))
            .fix(span, text!("level {before}", "niveau {before}"))
        });
    }

    fn timing_period(&mut self, timing: &ast::Timing, settings: &Settings) -> Period {
        match &timing.period {
            Some(period) => {
                self.needs_calendar(period, settings);
                period.value
            }
            None => NOW,
        }
    }

    /// Business days need a calendar that says which days they are.
    pub(super) fn needs_calendar(&mut self, period: &ast::Period, settings: &Settings) {
        let needs = period.value.unit == PeriodUnit::BusinessDays && settings.send.calendar.is_none();
        if needs && !self.may_be_hidden(&[BrokenKind::Setting]) {
            let d = Diagnostic::error(
                &codes::NO_CALENDAR,
                period.span,
                text!(
                    "Business days of which calendar? This scenario names none.",
                    "Les jours ouvrés de quel calendrier ? Ce scénario n'en nomme aucun."
                ),
                text!("business days", "jours ouvrés"),
            );
            self.report(d.help(text!(
                "add a line such as `send on business days of france` to the scenario, or write `days`",
                "ajoutez au scénario une ligne comme `envoyer les jours ouvrés de france`, ou écrivez `jours`"
            )));
        }
    }
}

//! When steps are due.

use super::Checker;
use super::settings::{Settings, bounded};
use crate::ast::{self, Anchor, BrokenKind, Direction};
use crate::checked::Timing;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::period::{Period, PeriodUnit};

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
                    "A courtesy step comes before the due date.",
                    "not before the due date",
                );
                self.report(d.help("write `before due`, or make it a level inside `dunning { }`"));
            }
            Some((_, span)) => {
                let d = Diagnostic::error(
                    &codes::WRONG_ANCHOR,
                    span,
                    "A courtesy step counts from the due date.",
                    "not the due date",
                );
                self.report(d.help("write, for example, `5 business days before due`"));
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
                "A level comes after the due date.",
                "before",
            );
            self.report(d.help("write `after`, or make it a step inside `courtesy { }`"));
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
        let right = match level {
            0 | 1 => "due".to_owned(),
            n => format!("level {}", n - 1),
        };
        let message = match anchor {
            Anchor::Other(word) => format!("`{word}` is not something to count from."),
            _ if level <= 1 => "The first level counts from the due date.".to_owned(),
            _ => format!(
                "Level {level} counts from level {}, the one before it.",
                level - 1
            ),
        };
        let d = Diagnostic::error(
            &codes::WRONG_ANCHOR,
            span,
            message,
            "counted from the wrong thing",
        );
        let help = if level > 1 {
            format!("write `after {right}`, or `after due`")
        } else {
            "write `after due`".to_owned()
        };
        self.report(d.help(help).fix(span, right));
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
                "Business days of which calendar? This scenario names none.",
                "business days",
            );
            self.report(d.help(
                "add a line such as `send on business days of france` to the scenario, or write `days`",
            ));
        }
    }
}

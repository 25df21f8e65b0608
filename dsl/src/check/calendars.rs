//! Calendars.

use chrono::{NaiveDate, Weekday};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::Checker;
use super::declarations::name;
use crate::ast::{self, BrokenKind, CalendarLine, HolidayDay, Spanned, Word};
use crate::checked::{Calendar, Holiday, HolidayRule};
use crate::codes;
use crate::diagnostic::{Diagnostic, likely};
use crate::text;

/// A leap year, in which 29 February is a day.
const LEAP_YEAR: i32 = 2024;

/// Most days between Easter and a holiday that depends on it.
const FARTHEST_FROM_EASTER: i32 = 120;

/// Most calendars under one another.
const DEEPEST: usize = 10;

impl Checker<'_> {
    /// All calendars, each with what it takes over.
    pub(super) fn calendars(&mut self) -> Vec<Calendar> {
        let declared = self.names.calendars.clone();
        declared.iter().map(|c| self.calendar(c)).collect()
    }

    fn calendar(&mut self, calendar: &ast::Calendar) -> Calendar {
        let mut weekend = Vec::new();
        let mut holidays = Vec::new();
        for base in self.bases(calendar) {
            take(base, &mut weekend, &mut holidays);
        }
        for line in &calendar.lines {
            if let CalendarLine::Holiday { day, .. } = line
                && rule(day.value).is_none()
            {
                self.no_such_day(day);
            }
        }
        take(calendar, &mut weekend, &mut holidays);
        if weekend.len() >= 7 {
            let name = &calendar.declared.name.value;
            let message = text!(
                "Calendar `{name}` is closed on all days.",
                "Le calendrier `{name}` est fermé tous les jours."
            );
            let span = calendar.declared.name.span;
            let d = Diagnostic::error(
                &codes::NEVER_OPEN,
                span,
                message,
                text!("never open", "jamais ouvert"),
            );
            self.report(d.help(text!(
                "leave at least one day of the week open",
                "laissez ouvert au moins un jour de la semaine"
            )));
        }
        Calendar {
            name: name(&calendar.declared),
            weekend,
            holidays,
        }
    }

    /// The calendars that it is based on, the most basic first.
    fn bases(&mut self, calendar: &ast::Calendar) -> Vec<&ast::Calendar> {
        let mut bases: Vec<&ast::Calendar> = Vec::new();
        let mut next = calendar.based_on.as_ref();
        while let Some(word) = next {
            let Some(base) = self.names.calendar(&word.value) else {
                // Reported once, at the calendar that says so.
                if bases.is_empty() {
                    self.unknown_calendar(word);
                }
                break;
            };
            let seen = bases.iter().any(|b| b.declared.name.value == word.value);
            if word.value == calendar.declared.name.value {
                let name = &word.value;
                let message = text!(
                    "Calendar `{name}` is based on itself.",
                    "Le calendrier `{name}` est fondé sur lui-même."
                );
                let at = calendar.based_on.as_ref().map_or(word.span, |w| w.span);
                let d = Diagnostic::error(
                    &codes::CALENDAR_CYCLE,
                    at,
                    message,
                    text!("leads back to where it began", "revient à son point de départ"),
                );
                self.report(d.help(text!("take away one `based on`", "retirez un `fondé sur`")));
                break;
            }
            if seen {
                break;
            }
            if bases.len() >= DEEPEST {
                let message = text!(
                    "Calendars are based on each other more than {DEEPEST} deep.",
                    "Des calendriers sont fondés les uns sur les autres sur plus de {DEEPEST} niveaux."
                );
                let d = Diagnostic::error(
                    &codes::CALENDAR_CYCLE,
                    word.span,
                    message,
                    text!("too deep", "trop profond"),
                );
                self.report(d.help(text!(
                    "base this calendar on a more basic one",
                    "fondez ce calendrier sur un autre, plus élémentaire"
                )));
                break;
            }
            bases.push(base);
            next = base.based_on.as_ref();
        }
        bases.reverse();
        bases
    }

    /// Reports a calendar that nothing declares.
    pub(super) fn unknown_calendar(&mut self, word: &Word) {
        if self.may_be_hidden(&[BrokenKind::Calendar]) {
            return;
        }
        let names: Vec<&str> = self
            .names
            .calendars
            .iter()
            .map(|c| c.declared.name.value.as_str())
            .collect();
        let name = &word.value;
        let message = text!(
            "There is no calendar `{name}`.",
            "Il n'y a pas de calendrier `{name}`."
        );
        let help = if names.is_empty() {
            text!(
                "write `use std.france` at the top of the file, or declare a calendar",
                "écrivez `utiliser std.france` en tête du fichier, ou déclarez un calendrier"
            )
        } else {
            let all = names.join(", ");
            text!("the calendars are: {all}", "les calendriers sont : {all}")
        };
        let label = text!("unknown calendar", "calendrier inconnu");
        let d = Diagnostic::error(&codes::UNKNOWN_CALENDAR, word.span, message, label)
            .help(help)
            .suggest(word.span, likely(&word.value, names))
            .offer(&self.surroundings.offering(|o| &o.calendars, &word.value));
        self.report(d);
    }

    fn no_such_day(&mut self, day: &Spanned<HolidayDay>) {
        let d = Diagnostic::error(
            &codes::NO_SUCH_DAY,
            day.span,
            text!("There is no such day.", "Ce jour n'existe pas."),
            text!("no such day", "ce jour n'existe pas"),
        );
        self.report(d.help(text!(
            "write a day of that month, or at most {FARTHEST_FROM_EASTER} days before or after easter",
            "écrivez un jour de ce mois, ou au plus {FARTHEST_FROM_EASTER} jours avant ou après pâques"
        )));
    }
}

fn take(calendar: &ast::Calendar, weekend: &mut Vec<Weekday>, holidays: &mut Vec<Holiday>) {
    for line in &calendar.lines {
        match line {
            CalendarLine::Closed(days, _) => {
                for day in days {
                    if !weekend.contains(&day.value) {
                        weekend.push(day.value);
                    }
                }
            }
            CalendarLine::Holiday { title, day, .. } => {
                holidays.extend(rule(day.value).map(|rule| Holiday {
                    title: title.value.clone(),
                    rule,
                }));
            }
        }
    }
}

/// The rule of a holiday; nothing when there is no such day.
fn rule(day: HolidayDay) -> Option<HolidayRule> {
    let whole = |n: Decimal| n.fract().is_zero().then_some(n);
    match day {
        HolidayDay::Fixed { day, month, or_next } => {
            let day = whole(day)?.to_u32()?;
            NaiveDate::from_ymd_opt(LEAP_YEAR, month, day)?;
            Some(if or_next {
                HolidayRule::FixedElseNext { month, day }
            } else {
                HolidayRule::Fixed { month, day }
            })
        }
        HolidayDay::WeekdayOf {
            which,
            weekday,
            month,
        } => Some(HolidayRule::WeekdayOf {
            month,
            weekday,
            which,
        }),
        HolidayDay::Easter(offset) => {
            let offset = whole(offset)?.to_i32()?;
            (offset.abs() <= FARTHEST_FROM_EASTER).then_some(HolidayRule::Easter { offset })
        }
    }
}

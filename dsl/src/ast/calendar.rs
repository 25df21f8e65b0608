//! Calendars.

use chrono::Weekday;
use rust_decimal::Decimal;

use super::{Declared, Spanned, Word};
use crate::span::Span;

/// `calendar france "France" [based on x] { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Its name.
    pub declared: Declared,
    /// The calendar whose weekend and holidays it takes over.
    pub based_on: Option<Word>,
    /// What stands in it.
    pub lines: Vec<CalendarLine>,
    /// The head.
    pub span: Span,
}

/// A line of a calendar.
#[derive(Debug, Clone, PartialEq)]
pub enum CalendarLine {
    /// `closed on saturday, sunday`
    Closed(Vec<Spanned<Weekday>>, Span),
    /// `holiday "Noël" on 25 december`
    Holiday {
        /// Its title.
        title: Word,
        /// Its day.
        day: Spanned<HolidayDay>,
        /// The line.
        span: Span,
    },
}

/// The day of a holiday, as written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum HolidayDay {
    /// `on 25 december`
    Fixed {
        /// Day of the month, not checked.
        day: Decimal,
        /// Month, 1 to 12.
        month: u32,
        /// `else next business day`
        or_next: bool,
    },
    /// `on first monday of may`, `on last monday of august`
    WeekdayOf {
        /// The first of the month is 1, the last one -1.
        which: i8,
        /// Day of the week.
        weekday: Weekday,
        /// Month, 1 to 12.
        month: u32,
    },
    /// `on easter` (0), `1 day after easter`, `2 days before easter` (negative).
    Easter(Decimal),
}

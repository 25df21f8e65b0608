//! Calendars: days of the week that are closed, and holidays.

use chrono::Weekday;

use super::Name;

/// A calendar of business days.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Its name and title.
    pub name: Name,
    /// Days of the week that are closed.
    pub weekend: Vec<Weekday>,
    /// Public holidays; those of a calendar that this one is based on are included.
    pub holidays: Vec<Holiday>,
}

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its title.
    pub title: String,
    /// On which day of a year.
    pub rule: HolidayRule,
}

/// How the day of a holiday is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayRule {
    /// The same day each year.
    Fixed {
        /// 1 to 12.
        month: u32,
        /// 1 to 31, valid in that month.
        day: u32,
    },
    /// The same day each year; when it is a closed day of the week, the next day that is open and no other holiday.
    FixedElseNext {
        /// 1 to 12.
        month: u32,
        /// 1 to 31, valid in that month.
        day: u32,
    },
    /// A day of the week counted within a month.
    WeekdayOf {
        /// 1 to 12.
        month: u32,
        /// The day of the week.
        weekday: Weekday,
        /// 1 to 4 from the beginning; -1 is the last one.
        which: i8,
    },
    /// Days after (or, negative, before) Easter Sunday, Gregorian.
    Easter {
        /// Offset in days.
        offset: i32,
    },
}

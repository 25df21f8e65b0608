//! Business days: which days a calendar is open on.

use chrono::{Datelike, NaiveDate, Weekday};
use relance_dsl::checked::{Calendar, HolidayRule};

use crate::days::plus_days;

/// Longest search for an open day, in days: a calendar that is closed for longer counts as open every day.
const LONGEST_CLOSURE: i64 = 366;

/// Most days by which a holiday is moved off closed days.
const LONGEST_MOVE: i64 = 14;

/// The days on which work is done, as rules to ask of any day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenDays {
    /// Name of the calendar for reasons; none when it is not a calendar of the rulebook.
    pub name: Option<String>,
    weekend: Vec<Weekday>,
    holidays: Vec<HolidayRule>,
}

impl OpenDays {
    /// The open days of a calendar of the rulebook.
    pub fn of(calendar: &Calendar) -> Self {
        Self {
            name: Some(
                calendar
                    .name
                    .title
                    .clone()
                    .unwrap_or_else(|| calendar.name.name.clone()),
            ),
            weekend: calendar.weekend.clone(),
            holidays: calendar.holidays.iter().map(|h| h.rule).collect(),
        }
    }

    /// Every day is open.
    pub fn every_day() -> Self {
        Self {
            name: None,
            weekend: Vec::new(),
            holidays: Vec::new(),
        }
    }

    /// Monday to Friday: business days where no calendar says otherwise.
    pub fn monday_to_friday() -> Self {
        Self {
            weekend: vec![Weekday::Sat, Weekday::Sun],
            ..Self::every_day()
        }
    }

    /// Is this day a business day?
    pub fn is_open(&self, day: NaiveDate) -> bool {
        self.is_workday(day) && !self.is_moved_to(day)
    }

    /// Neither a closed day of the week nor a holiday on its own day.
    fn is_workday(&self, day: NaiveDate) -> bool {
        !self.weekend.contains(&day.weekday()) && !self.holidays.iter().any(|rule| falls_on(*rule, day))
    }

    /// Whether a holiday of the days before was moved to this day: each one that falls on a closed day of the week takes the next
    /// workday that none before it has taken.
    fn is_moved_to(&self, day: NaiveDate) -> bool {
        let movable = |d: NaiveDate| {
            self.holidays.iter().any(|rule| {
                matches!(*rule, HolidayRule::FixedElseNext { month, day } if d.month() == month && d.day() == day)
            })
        };
        if !self
            .holidays
            .iter()
            .any(|r| matches!(r, HolidayRule::FixedElseNext { .. }))
        {
            return false;
        }
        let mut waiting = 0;
        for before in (1..=LONGEST_MOVE).rev().map(|n| plus_days(day, -n)) {
            if self.weekend.contains(&before.weekday()) {
                waiting += usize::from(movable(before));
            } else if waiting > 0 && self.is_workday(before) {
                waiting -= 1;
            }
        }
        waiting > 0 && self.is_workday(day)
    }

    /// This day if it is open, else the next open one.
    pub fn on_or_after(&self, day: NaiveDate) -> NaiveDate {
        self.search(day, 1)
    }

    /// This day if it is open, else the one before.
    pub fn on_or_before(&self, day: NaiveDate) -> NaiveDate {
        self.search(day, -1)
    }

    /// The `count`-th open day before this one; the day itself when `count` is 0.
    pub fn minus(&self, day: NaiveDate, count: u16) -> NaiveDate {
        (0..count).fold(day, |day, _| self.on_or_before(plus_days(day, -1)))
    }

    /// The `count`-th open day after this one; the day itself when `count` is 0.
    pub fn plus(&self, day: NaiveDate, count: u16) -> NaiveDate {
        (0..count).fold(day, |day, _| self.on_or_after(plus_days(day, 1)))
    }

    fn search(&self, day: NaiveDate, step: i64) -> NaiveDate {
        (0..LONGEST_CLOSURE)
            .map(|n| plus_days(day, n * step))
            .find(|d| self.is_open(*d))
            .unwrap_or(day)
    }
}

fn falls_on(rule: HolidayRule, day: NaiveDate) -> bool {
    match rule {
        HolidayRule::Fixed { month, day: of_month } | HolidayRule::FixedElseNext { month, day: of_month } => {
            day.month() == month && day.day() == of_month
        }
        HolidayRule::WeekdayOf {
            month,
            weekday,
            which,
        } => {
            let other_month = |weeks: i64| plus_days(day, 7 * weeks).month() != month;
            let place = match which {
                -1 => other_month(1),
                n => other_month(-i64::from(n)) && (n <= 1 || !other_month(1 - i64::from(n))),
            };
            day.month() == month && day.weekday() == weekday && place
        }
        HolidayRule::Easter { offset } => {
            // A day counted from Easter may lie in the next or the last year.
            let easter_of = plus_days(day, -i64::from(offset));
            easter_sunday(easter_of.year()) == Some(easter_of)
        }
    }
}

/// Easter Sunday of a year in the Gregorian calendar, by the anonymous computus (Meeus, Jones and Butcher).
pub fn easter_sunday(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15).rem_euclid(30);
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k).rem_euclid(7);
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    NaiveDate::from_ymd_opt(
        year,
        u32::try_from(n / 31).unwrap_or(0),
        u32::try_from(n % 31 + 1).unwrap_or(0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for sunday in [
            "1961-04-02",
            "1999-04-04",
            "2000-04-23",
            "2008-03-23",
            "2011-04-24",
            "2019-04-21",
            "2020-04-12",
            "2021-04-04",
            "2022-04-17",
            "2023-04-09",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2038-04-25",
            "2049-04-18",
            "2285-03-22",
        ] {
            let sunday = day(sunday);
            assert_eq!(easter_sunday(sunday.year()), Some(sunday));
        }
    }

    #[test]
    fn business_days_are_counted_over_weekends_and_holidays() {
        let days = OpenDays {
            holidays: vec![
                HolidayRule::Easter { offset: 1 },
                HolidayRule::Fixed { month: 5, day: 1 },
            ],
            ..OpenDays::monday_to_friday()
        };
        assert_eq!(
            days.plus(day("2026-04-03"), 1),
            day("2026-04-07"),
            "over Easter Monday"
        );
        assert_eq!(days.minus(day("2026-04-07"), 1), day("2026-04-03"));
        assert_eq!(days.on_or_after(day("2026-05-01")), day("2026-05-04"));
        assert_eq!(days.on_or_before(day("2026-05-03")), day("2026-04-30"));
        assert_eq!(days.plus(day("2026-04-05"), 0), day("2026-04-05"));
    }

    #[test]
    fn a_calendar_that_is_always_closed_does_not_hang() {
        let days = OpenDays {
            weekend: vec![
                Weekday::Mon,
                Weekday::Tue,
                Weekday::Wed,
                Weekday::Thu,
                Weekday::Fri,
                Weekday::Sat,
                Weekday::Sun,
            ],
            ..OpenDays::every_day()
        };
        assert_eq!(days.on_or_after(day("2026-05-01")), day("2026-05-01"));
        assert_eq!(days.plus(day("2026-05-01"), 3), day("2026-05-04"));
    }
}

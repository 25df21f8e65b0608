//! The hours at which something happens on each day of the demo, by the clock of Lyon.

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, TimeZone, Utc, Weekday};
use chrono_tz::Tz;

/// Whose clock.
pub const ZONE: Tz = chrono_tz::Europe::Paris;

/// What an hour brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// Invoices, payments, disputes, blocks and payment plans of the day before come in.
    Morning,
    /// The collectors call, and the office works off what lies on its desks.
    Calls,
    /// Nothing from outside: sending windows open and the engine does what is due.
    Passing,
}

/// One hour of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hour {
    /// The moment.
    pub at: DateTime<Utc>,
    /// The day in Lyon.
    pub day: NaiveDate,
    /// What it brings.
    pub what: What,
}

impl Hour {
    /// Whether people are at work, bank holidays apart.
    pub fn is_workday(self) -> bool {
        !matches!(self.day.weekday(), Weekday::Sat | Weekday::Sun)
    }
}

/// Each day has these: the first before any window opens, the others spread so that windows in London are met, too.
const DAY: [(u32, u32, What); 5] = [
    (7, 5, What::Morning),
    (9, 40, What::Passing),
    (11, 10, What::Passing),
    (14, 30, What::Calls),
    (16, 5, What::Passing),
];

/// All hours from the beginning, after `done`, up to and including `until`.
pub fn between(begin: NaiveDate, done: Option<DateTime<Utc>>, until: DateTime<Utc>) -> Vec<Hour> {
    let last = until.with_timezone(&ZONE).date_naive();
    begin
        .iter_days()
        .take_while(|day| *day <= last)
        .flat_map(|day| {
            DAY.into_iter().filter_map(move |(hour, minute, what)| {
                Some(Hour {
                    at: moment(day, hour, minute)?,
                    day,
                    what,
                })
            })
        })
        .filter(|hour| hour.at <= until && done.is_none_or(|done| hour.at > done))
        .collect()
}

/// The end of a day in Lyon.
pub fn end_of(day: NaiveDate) -> DateTime<Utc> {
    moment(day, 23, 59).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn moment(day: NaiveDate, hour: u32, minute: u32) -> Option<DateTime<Utc>> {
    let time = NaiveTime::from_hms_opt(hour, minute, 0)?;
    // Clocks change at night: every one of these hours exists once.
    Some(
        ZONE.from_local_datetime(&day.and_time(time))
            .earliest()?
            .with_timezone(&Utc),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn hours_follow_the_clock_of_lyon_through_the_change_to_summer_time() {
        let begin = NaiveDate::from_ymd_opt(2026, 3, 28).unwrap();
        let hours = between(begin, None, at("2026-03-30T05:05:00Z"));
        assert_eq!(hours.len(), 11);
        assert_eq!(hours[0].at, at("2026-03-28T06:05:00Z"));
        assert_eq!(hours[10].at, at("2026-03-30T05:05:00Z"));
        assert!(hours.is_sorted_by_key(|hour| hour.at));
    }

    #[test]
    fn what_is_done_is_not_played_again() {
        let begin = NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
        let until = at("2026-01-06T12:00:00Z");
        let all = between(begin, None, until);
        let rest = between(begin, Some(all[3].at), until);
        assert_eq!(all[4..], rest[..]);
        assert!(between(begin, Some(until), until).is_empty());
    }
}

//! The sending window: on which days and between which hours, on whose clock, messages may leave.

use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use chrono_tz::Tz;

use crate::calendar::OpenDays;
use crate::days::{LAST_DAY, first_moment, last_moment, local_day, plus_days, start_of};

/// Longest search for an opening, in days.
const LONGEST_CLOSURE: i64 = 800;

/// A sending window with its calendar and its zone resolved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window {
    /// Days on which it opens.
    pub days: OpenDays,
    /// First minute, on the clock of `zone`.
    pub from: NaiveTime,
    /// First minute after it, on the clock of `zone`.
    pub to: NaiveTime,
    /// The clock.
    pub zone: Tz,
}

impl Window {
    /// The day that the window's clock shows.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        local_day(at, self.zone)
    }

    /// The first moment of a day on the window's clock.
    pub fn start_of(&self, day: NaiveDate) -> DateTime<Utc> {
        start_of(day, self.zone)
    }

    /// When it closes, if it is open at this moment.
    pub fn closes(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.stretch(self.day_of(at))
            .filter(|(from, to)| (*from..*to).contains(&at))
            .map(|(_, to)| to)
    }

    /// The first moment from `at` on at which it is open: `at` itself when it is. `None` when it does not open in two years.
    pub fn opens(&self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let first = self.day_of(at);
        (0..LONGEST_CLOSURE)
            .map(|n| plus_days(first, n))
            .take_while(|day| *day < LAST_DAY)
            .filter_map(|day| self.stretch(day))
            .find(|(_, to)| at < *to)
            .map(|(from, _)| from.max(at))
    }

    /// From when to when it is open on a day. Where the clock is set back, the shorter reading is taken, so that the clock never
    /// shows a time outside of the window; where it is set forward over all of the window, it does not open.
    fn stretch(&self, day: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        if !self.days.is_open(day) {
            return None;
        }
        let (from, to) = (day.and_time(self.from), day.and_time(self.to));
        let end = first_moment(to, self.zone);
        [last_moment(from, self.zone), first_moment(from, self.zone)]
            .into_iter()
            .find(|start| *start < end)
            .map(|start| (start, end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn window(from: &str, to: &str) -> Window {
        Window {
            days: OpenDays::monday_to_friday(),
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            zone: chrono_tz::Europe::Paris,
        }
    }

    fn every_day(from: &str, to: &str) -> Window {
        Window {
            days: OpenDays::every_day(),
            ..window(from, to)
        }
    }

    fn utc(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    #[test]
    fn opens_on_the_next_business_morning_on_its_own_clock() {
        let w = window("09:00:00", "17:30:00");
        // Friday evening to Monday morning, over the change to summer time.
        assert_eq!(
            w.opens(utc("2026-03-27T16:30:00Z")),
            Some(utc("2026-03-30T07:00:00Z"))
        );
        assert_eq!(
            w.opens(utc("2026-03-27T16:29:59Z")),
            Some(utc("2026-03-27T16:29:59Z"))
        );
        assert_eq!(
            w.closes(utc("2026-03-27T08:00:00Z")),
            Some(utc("2026-03-27T16:30:00Z"))
        );
        assert_eq!(w.closes(utc("2026-03-27T16:30:00Z")), None, "the end is outside");
        assert_eq!(w.closes(utc("2026-03-28T10:00:00Z")), None, "a Saturday");
    }

    #[test]
    fn a_window_in_the_skipped_hour_opens_at_the_jump_or_not_at_all() {
        let night = every_day("02:30:00", "04:00:00");
        assert_eq!(
            night.opens(utc("2026-03-28T23:30:00Z")),
            Some(utc("2026-03-29T01:00:00Z"))
        );
        let skipped = every_day("02:10:00", "02:50:00");
        assert_eq!(
            skipped.opens(utc("2026-03-28T23:30:00Z")),
            Some(utc("2026-03-30T00:10:00Z"))
        );
    }

    #[test]
    fn a_window_in_the_repeated_hour_is_open_once() {
        let night = every_day("02:15:00", "02:45:00");
        let opens = night.opens(utc("2026-10-24T22:30:00Z")).unwrap();
        assert_eq!(opens, utc("2026-10-25T00:15:00Z"));
        assert_eq!(night.closes(opens), Some(utc("2026-10-25T00:45:00Z")));
        assert_eq!(night.closes(utc("2026-10-25T01:20:00Z")), None);
    }

    #[test]
    fn a_window_that_never_opens_says_so() {
        let mut never = window("09:00:00", "10:00:00");
        never.to = never.from;
        assert_eq!(never.opens(utc("2026-03-27T16:30:00Z")), None);
    }

    proptest! {
        #[test]
        fn what_is_open_is_inside_the_hours_on_the_local_clock(
            seconds in 0_i64..40_000_000, from in 0_u32..86_000, length in 60_u32..40_000,
            zone in prop::sample::select(vec![
                chrono_tz::Europe::Paris, chrono_tz::America::New_York, chrono_tz::Australia::Lord_Howe,
                chrono_tz::Asia::Kolkata, chrono_tz::America::Santiago,
            ]),
        ) {
            let at = utc("2026-01-01T00:00:00Z") + chrono::TimeDelta::seconds(seconds);
            let time = |s: u32| NaiveTime::from_num_seconds_from_midnight_opt(s.min(86_399), 0).unwrap();
            let w = Window {
                days: OpenDays::monday_to_friday(), from: time(from), to: time(from + length), zone,
            };
            let opens = w.opens(at).unwrap();
            prop_assert!(opens >= at);
            let local = opens.with_timezone(&zone);
            prop_assert!(w.days.is_open(local.date_naive()));
            let closes = w.closes(opens);
            prop_assert!(closes.is_some_and(|c| c > opens));
            if opens > at {
                prop_assert_eq!(w.closes(at), None);
            }
            // At the moment of a jump the clock may show a later time than `from`, never an earlier one.
            prop_assert!(local.time() >= w.from && local.time() < w.to);
        }
    }
}

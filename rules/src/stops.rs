//! Holds as stretches of days in which the clock stands still.

use chrono::NaiveDate;
use relance_dsl::checked::Holds;
use relance_dsl::period::{Period, PeriodUnit};

use crate::calendar::OpenDays;
use crate::days::{LAST_DAY, plus_days, plus_months};
use crate::facts::{HoldKind, HoldSpan};

/// Whether a scenario lets this kind of hold stop it. Manual holds and insolvency always do.
pub fn counts(kind: HoldKind, holds: &Holds) -> bool {
    match kind {
        HoldKind::Disputed => holds.disputed,
        HoldKind::Promised => holds.promised,
        HoldKind::OnPlan => holds.on_plan,
        HoldKind::Manual | HoldKind::Insolvency | HoldKind::CreditExpected => true,
    }
}

/// The days on which something stands against dunning an invoice: stretches in order that neither meet nor overlap. The end is
/// the first free day; without one the stretch lasts until someone ends it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stops(Vec<(NaiveDate, Option<NaiveDate>)>);

/// A day reached by a delay, and how many days on hold it was put off by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reached {
    /// The day.
    pub day: NaiveDate,
    /// Days on hold that did not count.
    pub stopped: i64,
}

impl Stops {
    /// Joins the spans that count.
    pub fn of<'a>(spans: impl Iterator<Item = &'a HoldSpan>) -> Self {
        let mut stretches: Vec<_> = spans
            .filter(|s| s.to.is_none_or(|to| to > s.from))
            .map(|s| (s.from, s.to))
            .collect();
        stretches.sort_unstable();
        let mut joined: Vec<(NaiveDate, Option<NaiveDate>)> = Vec::new();
        for (from, to) in stretches {
            match joined.last_mut() {
                Some((_, last)) if last.is_none_or(|last| from <= last) => {
                    *last = last.zip(to).map(|(a, b)| a.max(b));
                }
                _ => joined.push((from, to)),
            }
        }
        Self(joined)
    }

    /// The stretch that holds a day: `Some(end)`, where the end may be open.
    pub fn around(&self, day: NaiveDate) -> Option<Option<NaiveDate>> {
        self.0
            .iter()
            .find(|(from, to)| *from <= day && to.is_none_or(|to| day < to))
            .map(|(_, to)| *to)
    }

    /// The day that lies a period after `anchor`, where days on hold do not count. `None` when a hold without an end begins
    /// before. `business` says what a business day is.
    pub fn after(&self, anchor: NaiveDate, period: Period, business: &OpenDays) -> Option<Reached> {
        let plain = after(anchor, period, business);
        if period.unit == PeriodUnit::BusinessDays {
            return self.after_business_days(anchor, period.count, business, plain);
        }
        // The stretches are in order: each one that the day has reached moves it on by its length.
        let first = plus_days(anchor, 1);
        let mut day = plain;
        for (from, to) in self.0.iter().filter(|(_, to)| to.is_none_or(|to| to > first)) {
            let from = (*from).max(first);
            if from > day {
                break;
            }
            day = plus_days(day, (to.as_ref().copied()? - from).num_days());
        }
        Some(Reached {
            day,
            stopped: (day - plain).num_days(),
        })
    }

    fn after_business_days(
        &self,
        anchor: NaiveDate,
        count: u16,
        business: &OpenDays,
        plain: NaiveDate,
    ) -> Option<Reached> {
        let mut day = anchor;
        for _ in 0..count {
            day = business.on_or_after(plus_days(day, 1));
            while let Some(end) = self.around(day) {
                day = business.on_or_after(end?);
                if day >= LAST_DAY {
                    return None;
                }
            }
        }
        Some(Reached {
            day,
            stopped: (day - plain).num_days(),
        })
    }

    /// The first day from `day` on that is open and not on hold; `None` when a hold without an end stands in the way.
    pub fn free_day(&self, day: NaiveDate, open: &OpenDays) -> Option<NaiveDate> {
        let mut day = open.on_or_after(day);
        while let Some(end) = self.around(day) {
            day = open.on_or_after(end?);
            if day >= LAST_DAY {
                return None;
            }
        }
        Some(day)
    }
}

/// The day that lies a period after another. `business` says what a business day is.
pub fn after(day: NaiveDate, period: Period, business: &OpenDays) -> NaiveDate {
    match period.unit {
        PeriodUnit::Days => plus_days(day, i64::from(period.count)),
        PeriodUnit::Weeks => plus_days(day, 7 * i64::from(period.count)),
        PeriodUnit::Months => plus_months(day, i64::from(period.count)),
        PeriodUnit::BusinessDays => business.plus(day, period.count),
    }
}

/// The day that lies a period before another. `business` says what a business day is.
pub fn before(day: NaiveDate, period: Period, business: &OpenDays) -> NaiveDate {
    match period.unit {
        PeriodUnit::Days => plus_days(day, -i64::from(period.count)),
        PeriodUnit::Weeks => plus_days(day, -7 * i64::from(period.count)),
        PeriodUnit::Months => plus_months(day, -i64::from(period.count)),
        PeriodUnit::BusinessDays => business.minus(day, period.count),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::day;

    fn stops(spans: &[(&str, &str)]) -> Stops {
        let spans: Vec<_> = spans
            .iter()
            .map(|(from, to)| HoldSpan {
                kind: HoldKind::Manual,
                from: day(from),
                to: (!to.is_empty()).then(|| day(to)),
                note: String::new(),
                id: 0,
                ending: None,
            })
            .collect();
        Stops::of(spans.iter())
    }

    fn days(count: u16) -> Period {
        Period {
            count,
            unit: PeriodUnit::Days,
        }
    }

    fn business(count: u16) -> Period {
        Period {
            count,
            unit: PeriodUnit::BusinessDays,
        }
    }

    #[test]
    fn days_on_hold_do_not_count() {
        let s = stops(&[
            ("2026-03-03", "2026-03-06"),
            ("2026-03-05", "2026-03-08"),
            ("2026-03-20", "2026-03-21"),
        ]);
        let open = OpenDays::monday_to_friday();
        let reached = |anchor: &str, period| s.after(day(anchor), period, &open).unwrap();
        assert_eq!(
            reached("2026-03-01", days(1)),
            Reached {
                day: day("2026-03-02"),
                stopped: 0
            }
        );
        assert_eq!(
            reached("2026-03-01", days(2)),
            Reached {
                day: day("2026-03-08"),
                stopped: 5
            }
        );
        assert_eq!(
            reached("2026-03-01", days(13)),
            Reached {
                day: day("2026-03-19"),
                stopped: 5
            }
        );
        assert_eq!(
            reached("2026-03-01", days(14)),
            Reached {
                day: day("2026-03-21"),
                stopped: 6
            }
        );
        assert_eq!(
            reached("2026-03-02", business(1)),
            Reached {
                day: day("2026-03-09"),
                stopped: 6
            }
        );
        assert_eq!(
            reached("2026-03-03", days(0)),
            Reached {
                day: day("2026-03-03"),
                stopped: 0
            }
        );
    }

    #[test]
    fn a_hold_without_an_end_is_never_passed() {
        let s = stops(&[("2026-03-03", ""), ("2026-03-10", "2026-03-12")]);
        let open = OpenDays::monday_to_friday();
        assert_eq!(s.after(day("2026-03-01"), days(2), &open), None);
        assert_eq!(
            s.after(day("2026-03-01"), days(1), &open).map(|r| r.day),
            Some(day("2026-03-02"))
        );
        assert_eq!(s.after(day("2026-03-02"), business(1), &open), None);
        assert_eq!(s.around(day("2026-04-01")), Some(None));
        assert_eq!(s.free_day(day("2026-04-01"), &open), None);
    }

    #[test]
    fn the_first_free_day_is_open_and_not_on_hold() {
        let s = stops(&[("2026-03-06", "2026-03-07")]);
        assert_eq!(
            s.free_day(day("2026-03-06"), &OpenDays::monday_to_friday()),
            Some(day("2026-03-09"))
        );
    }

    #[test]
    fn periods_before_and_after_a_day() {
        let open = OpenDays::monday_to_friday();
        let period = |count, unit| Period { count, unit };
        assert_eq!(
            before(day("2026-03-31"), period(1, PeriodUnit::Months), &open),
            day("2026-02-28")
        );
        assert_eq!(
            before(day("2026-03-16"), period(5, PeriodUnit::BusinessDays), &open),
            day("2026-03-09")
        );
        assert_eq!(
            after(day("2026-03-16"), period(2, PeriodUnit::Weeks), &open),
            day("2026-03-30")
        );
    }
}

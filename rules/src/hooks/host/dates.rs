//! Days, and stretches of time.

use chrono::{Datelike, NaiveDate, Weekday};
use relance_dsl::period::{Period, PeriodUnit};
use relance_dsl::text;
use rhai::{Engine, INT};

use super::{ALL, HostFunction};
use crate::hooks::failure::{Given, fault};
use crate::hooks::objects::Day;

/// Longest stretch of time, in its unit.
const LONGEST: u16 = 3_660;

pub(super) const TABLE: &[HostFunction] = &[
    HostFunction {
        name: "date",
        forms: &[
            "date(text: text) -> date",
            "date(year: whole, month: whole, day: whole) -> date",
        ],
        profiles: ALL,
        doc: "A day, as `date(\"2026-12-24\")` or `date(2026, 12, 24)`.",
        doc_fr: "Un jour, comme `date(\"2026-12-24\")` ou `date(2026, 12, 24)`.",
        install: |engine: &mut Engine| {
            engine
                .register_type_with_name::<Day>("date")
                .register_get("year", |d: &mut Day| INT::from(d.0.year()))
                .register_get("month", |d: &mut Day| INT::from(d.0.month()))
                .register_get("day", |d: &mut Day| INT::from(d.0.day()))
                .register_get("weekday", |d: &mut Day| weekday(d.0).to_owned())
                .register_fn("date", |text: &str| day(text.parse().ok()))
                .register_fn("date", |year: INT, month: INT, at: INT| {
                    let short = |n: INT| u32::try_from(n).ok();
                    let year = i32::try_from(year).ok().filter(|y| (1900..2200).contains(y));
                    let made = year.zip(short(month)).zip(short(at));
                    day(made.and_then(|((y, m), d)| NaiveDate::from_ymd_opt(y, m, d)))
                });
        },
    },
    HostFunction {
        name: "days",
        forms: &["days(count: whole) -> period"],
        profiles: ALL,
        doc: "So many days, to be added to a date, or for `delay` and `task`.",
        doc_fr: "Tant de jours, à ajouter à une date, ou pour `delay` et `task`.",
        install: |engine: &mut Engine| {
            engine
                .register_type_with_name::<Period>("period")
                .register_fn("days", |count: INT| period(count, PeriodUnit::Days));
        },
    },
    HostFunction {
        name: "weeks",
        forms: &["weeks(count: whole) -> period"],
        profiles: ALL,
        doc: "So many weeks.",
        doc_fr: "Tant de semaines.",
        install: |engine: &mut Engine| {
            engine.register_fn("weeks", |count: INT| period(count, PeriodUnit::Weeks));
        },
    },
    HostFunction {
        name: "months",
        forms: &["months(count: whole) -> period"],
        profiles: ALL,
        doc: "So many months; the last day of the month when it has no such day.",
        doc_fr: "Tant de mois ; le dernier jour du mois s'il n'a pas ce jour-là.",
        install: |engine: &mut Engine| {
            engine.register_fn("months", |count: INT| period(count, PeriodUnit::Months));
        },
    },
    HostFunction {
        name: "business_days",
        forms: &["business_days(count: whole) -> period"],
        profiles: &[crate::hooks::Profile::Effects],
        doc: "So many business days of the scenario's calendar, for `task`.",
        doc_fr: "Tant de jours ouvrés du calendrier du scénario, pour `task`.",
        install: |engine: &mut Engine| {
            engine.register_fn("business_days", |count: INT| {
                period(count, PeriodUnit::BusinessDays)
            });
        },
    },
];

fn day(made: Option<NaiveDate>) -> Given<Day> {
    made.map_or_else(
        || {
            fault(text!(
                "there is no such day: write it as `2026-12-24`",
                "ce jour n'existe pas : écrivez-le comme `2026-12-24`"
            ))
        },
        |day| Ok(Day(day)),
    )
}

fn period(count: INT, unit: PeriodUnit) -> Given<Period> {
    match u16::try_from(count) {
        Ok(count) if count <= LONGEST => Ok(Period { count, unit }),
        _ => fault(text!(
            "a stretch of time is from 0 to {LONGEST} long, not {count}",
            "une durée va de 0 à {LONGEST}, et non {count}"
        )),
    }
}

fn weekday(day: NaiveDate) -> &'static str {
    match day.weekday() {
        Weekday::Mon => "monday",
        Weekday::Tue => "tuesday",
        Weekday::Wed => "wednesday",
        Weekday::Thu => "thursday",
        Weekday::Fri => "friday",
        Weekday::Sat => "saturday",
        Weekday::Sun => "sunday",
    }
}

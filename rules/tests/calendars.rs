//! The standard calendars, against what was published for several years.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::{Datelike, Days, NaiveDate, Weekday};
use relance_rules::calendar::OpenDays;
use relance_rules::rulebook::Rulebook;
use simulator::{day, rulebook};

fn standard() -> std::sync::Arc<Rulebook> {
    rulebook("edition 2026\nuse std.france\nuse std.europe\n")
}

/// The days from Monday to Friday on which a calendar is closed in a year, as `MM-DD`.
fn closed_weekdays(rules: &Rulebook, calendar: &str, year: i32) -> Vec<String> {
    let open = OpenDays::of(
        rules
            .calendar(calendar)
            .unwrap_or_else(|| panic!("no calendar {calendar}")),
    );
    let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
    (0..366)
        .map(|n| first + Days::new(n))
        .filter(|d| d.year() == year && !matches!(d.weekday(), Weekday::Sat | Weekday::Sun))
        .filter(|d| !open.is_open(*d))
        .map(|d| d.format("%m-%d").to_string())
        .collect()
}

#[test]
fn the_french_calendar_is_closed_on_legal_holidays() {
    let rules = standard();
    for (year, expected) in [
        (
            2024,
            "01-01 04-01 05-01 05-08 05-09 05-20 08-15 11-01 11-11 12-25",
        ),
        (
            2025,
            "01-01 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-11 12-25",
        ),
        (2026, "01-01 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25"),
        (2027, "01-01 03-29 05-06 05-17 07-14 11-01 11-11"),
        (2028, "04-17 05-01 05-08 05-25 06-05 07-14 08-15 11-01 12-25"),
    ] {
        assert_eq!(
            closed_weekdays(&rules, "france", year).join(" "),
            expected,
            "{year}"
        );
    }
}

#[test]
fn alsace_and_moselle_have_two_holidays_more() {
    let rules = standard();
    for (year, expected) in [
        (
            2025,
            "01-01 04-18 04-21 05-01 05-08 05-29 06-09 07-14 08-15 11-11 12-25 12-26",
        ),
        (
            2026,
            "01-01 04-03 04-06 05-01 05-08 05-14 05-25 07-14 11-11 12-25",
        ),
    ] {
        assert_eq!(
            closed_weekdays(&rules, "alsace_moselle", year).join(" "),
            expected,
            "{year}"
        );
    }
}

#[test]
fn the_calendars_of_neighbours_are_closed_on_national_holidays() {
    let rules = standard();
    for (calendar, year, expected) in [
        (
            "germany",
            2025,
            "01-01 04-18 04-21 05-01 05-29 06-09 10-03 12-25 12-26",
        ),
        ("germany", 2026, "01-01 04-03 04-06 05-01 05-14 05-25 12-25"),
        ("spain", 2025, "01-01 01-06 04-18 05-01 08-15 12-08 12-25"),
        ("spain", 2026, "01-01 01-06 04-03 05-01 10-12 12-08 12-25"),
        (
            "italy",
            2025,
            "01-01 01-06 04-21 04-25 05-01 06-02 08-15 12-08 12-25 12-26",
        ),
        (
            "belgium",
            2025,
            "01-01 04-21 05-01 05-29 06-09 07-21 08-15 11-11 12-25",
        ),
        ("belgium", 2026, "01-01 04-06 05-01 05-14 05-25 07-21 11-11 12-25"),
    ] {
        assert_eq!(
            closed_weekdays(&rules, calendar, year).join(" "),
            expected,
            "{calendar} {year}"
        );
    }
}

#[test]
fn bank_holidays_of_the_united_kingdom_move_off_weekends() {
    let rules = standard();
    for (year, expected) in [
        (2021, "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28"),
        (2023, "01-02 04-07 04-10 05-01 05-29 08-28 12-25 12-26"),
        (2024, "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26"),
        (2025, "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26"),
        (2026, "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28"),
        (2027, "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"),
        (2028, "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26"),
        (2033, "01-03 04-15 04-18 05-02 05-30 08-29 12-26 12-27"),
    ] {
        assert_eq!(
            closed_weekdays(&rules, "united_kingdom", year).join(" "),
            expected,
            "{year}"
        );
    }
}

#[test]
fn every_standard_calendar_is_closed_on_weekends() {
    let rules = standard();
    for name in [
        "france",
        "alsace_moselle",
        "germany",
        "spain",
        "italy",
        "belgium",
        "united_kingdom",
    ] {
        let open = OpenDays::of(rules.calendar(name).unwrap());
        assert!(
            !open.is_open(day("2026-03-14")) && !open.is_open(day("2026-03-15")),
            "{name}"
        );
        assert!(open.is_open(day("2026-03-16")), "{name}");
    }
}

#[test]
fn a_day_of_the_week_is_counted_within_its_month() {
    let rules = rulebook(
        "edition 2026\ncalendar x {\n closed on sunday\n holiday \"a\" on third thursday of november\n \
         holiday \"b\" on fourth friday of november\n holiday \"c\" on last saturday of february }\n",
    );
    let open = OpenDays::of(rules.calendar("x").unwrap());
    let closed = |text: &str| !open.is_open(day(text));
    assert!(closed("2026-11-19") && !closed("2026-11-12") && !closed("2026-11-26"));
    assert!(closed("2026-11-27") && !closed("2026-11-20"));
    assert!(closed("2026-02-28") && !closed("2026-02-21"));
}

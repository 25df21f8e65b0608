//! The standard library: what it says agrees with its sources, and a rulebook of three lines works.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::NaiveDate;
use relance_rules::dsl::checked::Rates;
use relance_rules::dsl::diagnostic::render;
use relance_rules::dsl::format::format;
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::proof;
use relance_rules::rulebook::{Files, Rulebook, build};
use relance_rules::vocabulary::VOCABULARY;
use rust_decimal::Decimal;

/// The whole standard library, as a firm uses it that has nothing of its own yet.
const THREE_LINES: &str = "edition 2026\nuse std.france\nuse std.segments\nuse std.scenarios\n";

fn files(list: &[(&str, &str)]) -> Files {
    Files(
        list.iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect(),
    )
}

/// A rulebook without a single problem, warnings included.
fn flawless(list: &[(&str, &str)]) -> Arc<Rulebook> {
    let built = build(&files(list));
    assert_eq!(render(&built.diagnostics, &built.sources, false, None), "");
    built.rulebook.unwrap()
}

#[test]
fn three_lines_make_a_rulebook_that_serves_every_segment() {
    let rulebook = flawless(&[("rules.relance", THREE_LINES)]);
    let segments: Vec<&str> = rulebook
        .checked
        .segments
        .iter()
        .map(|s| s.name.name.as_str())
        .collect();
    assert_eq!(
        segments,
        ["public", "consumer", "export", "key", "small", "standard"]
    );
    for segment in segments {
        let serving = rulebook.checked.scenarios.iter();
        assert_eq!(
            serving
                .filter(|s| s.segments.iter().any(|name| name == segment))
                .count(),
            1,
            "{segment}"
        );
    }
    let score = rulebook.checked.score.as_ref().unwrap();
    let bands: Vec<&str> = score.bands.iter().map(|b| b.name.name.as_str()).collect();
    assert_eq!(bands, ["good", "fair", "poor"]);
}

/// Own segments, an own score and an own scenario take the place of the standard ones.
#[test]
fn what_the_rulebook_declares_itself_takes_the_place_of_the_standard() {
    let own = "edition 2026\nuse std.scenarios\n
        segments { public when customer.kind is public\n small when account.balance < 900 EUR\n others otherwise }
        score ours from 0 to 10 start 5 { add 1 when account.on_time_rate_12m >= 90 %\n bands { good from 7, fair from 4, poor } }
        scenario modest \"Ours\" for small, others {
            language fr
            dunning { level 1 reminder 9 days after due { email template reminder } }
        }";
    let rulebook = flawless(&[("rules.relance", own)]);
    let names = |list: &mut dyn Iterator<Item = &String>| list.cloned().collect::<Vec<_>>().join(" ");
    let checked = &rulebook.checked;
    assert_eq!(
        names(&mut checked.segments.iter().map(|s| &s.name.name)),
        "public small others"
    );
    assert_eq!(checked.score.as_ref().unwrap().name.name, "ours");
    assert_eq!(
        names(&mut checked.scenarios.iter().map(|s| &s.name.name)),
        "modest public_sector"
    );
}

/// The main refinancing rate of the European Central Bank, by day of effect, as the bank publishes it.
const ECB: &[(&str, &str)] = &[
    ("2014-06-11", "0.15"),
    ("2014-09-10", "0.05"),
    ("2016-03-16", "0.00"),
    ("2022-07-27", "0.50"),
    ("2022-09-14", "1.25"),
    ("2022-11-02", "2.00"),
    ("2022-12-21", "2.50"),
    ("2023-02-08", "3.00"),
    ("2023-03-22", "3.50"),
    ("2023-05-10", "3.75"),
    ("2023-06-21", "4.00"),
    ("2023-08-02", "4.25"),
    ("2023-09-20", "4.50"),
    ("2024-06-12", "4.25"),
    ("2024-09-18", "3.65"),
    ("2024-10-23", "3.40"),
    ("2024-12-18", "3.15"),
    ("2025-02-05", "2.90"),
    ("2025-03-12", "2.65"),
    ("2025-04-23", "2.40"),
    ("2025-06-11", "2.15"),
];

/// The bank's rate of the first day of each half-year, and so many points.
fn half_years(points: u32) -> Vec<(NaiveDate, Decimal)> {
    let ecb: Vec<(NaiveDate, Decimal)> = ECB
        .iter()
        .map(|(day, rate)| (day.parse().unwrap(), rate.parse().unwrap()))
        .collect();
    (2014..=2025)
        .flat_map(|year| [1, 7].map(|month| NaiveDate::from_ymd_opt(year, month, 1).unwrap()))
        .filter_map(|first| {
            let (_, rate) = ecb.iter().rev().find(|(from, _)| *from <= first)?;
            Some((first, rate + Decimal::from(points)))
        })
        .collect()
}

#[test]
fn french_late_interest_is_the_banks_rate_of_the_half_years_first_day_and_ten_points() {
    let rulebook = flawless(&[("rules.relance", "edition 2026\nuse std.france\n")]);
    let [table] = rulebook.checked.charges.as_slice() else {
        panic!("one table of charges");
    };
    let Rates::Dated { rates, first_day } = &table.interest else {
        panic!("a rate for each half-year");
    };
    let written: Vec<(NaiveDate, Decimal)> = rates.iter().map(|i| (i.from, i.rate)).collect();
    assert_eq!(written, half_years(10));
    // The first half-year of 2026 is not in the table: nobody has entered its rate.
    assert_eq!(written.len(), 23);
    assert!(!first_day);
    assert_eq!(table.fee, Some(Money::new(Decimal::from(40), Currency::EUR)));
}

#[test]
fn a_french_public_buyer_owes_eight_points_at_the_rate_of_the_half_year_in_which_lateness_began() {
    let rulebook = flawless(&[("rules.relance", "edition 2026\nuse std.france_public\n")]);
    let [table] = rulebook.checked.charges.as_slice() else {
        panic!("one table of charges");
    };
    let Rates::Dated { rates, first_day } = &table.interest else {
        panic!("a rate for each half-year");
    };
    let written: Vec<(NaiveDate, Decimal)> = rates.iter().map(|i| (i.from, i.rate)).collect();
    assert_eq!(written, half_years(8));
    assert!(first_day);
    assert_eq!(table.fee, Some(Money::new(Decimal::from(40), Currency::EUR)));
}

/// All files of a folder and its sub-folders, with their paths put after `under`.
#[allow(clippy::disallowed_methods, reason = "a test that looks into the folder")]
fn read(folder: &Path, under: &str, files: &mut Files) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = format!("{under}{}", path.file_name().unwrap().to_str().unwrap());
        if path.is_dir() {
            read(&path, &format!("{name}/"), files);
        } else {
            files.0.insert(name, std::fs::read_to_string(&path).unwrap());
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Builds a rulebook without a single problem and plays all its tests; gives how many there are.
fn proven(files: &Files, what: &str) -> usize {
    let built = build(files);
    let problems = render(&built.diagnostics, &built.sources, false, None);
    assert_eq!(problems, "", "{what}");
    let rulebook = built.rulebook.unwrap();
    let tests = &rulebook.checked.tests;
    let failed: String = tests
        .iter()
        .map(|test| proof::run(&rulebook, test, None))
        .filter(|outcome| !outcome.passed())
        .map(|outcome| format!("{}\n{}", outcome.title, outcome.told()))
        .collect();
    assert!(failed.is_empty(), "{what}\n{failed}");
    tests.len()
}

#[test]
fn the_tests_of_the_standard_library_pass() {
    let mut all = files(&[("rules.relance", THREE_LINES)]);
    read(&root().join("stdlib/tests"), "tests/", &mut all);
    assert!(proven(&all, "stdlib") >= 40);
}

/// The rulebooks of a folder: its sub-folders, or theirs where they have no rules of their own.
#[allow(clippy::disallowed_methods, reason = "a test that looks into the folder")]
fn rulebooks(folder: &Path) -> Vec<PathBuf> {
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let is_rule_file = |path: &PathBuf| path.extension().is_some_and(|e| e == "relance");
    let folders = inside(folder).into_iter().filter(|path| path.is_dir());
    folders
        .flat_map(|path| match inside(&path).iter().any(is_rule_file) {
            true => vec![path],
            false => inside(&path).into_iter().filter(|p| p.is_dir()).collect(),
        })
        .collect()
}

#[test]
fn the_tests_of_every_example_pass() {
    let examples = rulebooks(&root().join("examples"));
    assert!(examples.len() >= 14, "{examples:?}");
    for folder in examples {
        let mut all = Files::default();
        read(&folder, "", &mut all);
        let what = folder.display().to_string();
        assert!(proven(&all, &what) >= 3, "{what} has few tests");
    }
}

/// `RELANCE_WRITE=1` lays the files out instead.
#[test]
#[allow(
    clippy::disallowed_methods,
    reason = "a test that looks into the folder, and writes when it is asked to"
)]
fn the_standard_library_and_the_examples_are_laid_out_as_the_formatter_does() {
    let write = std::env::var("RELANCE_WRITE").is_ok();
    for folder in ["stdlib", "examples"] {
        let mut all = Files::default();
        read(&root().join(folder), "", &mut all);
        for (path, text) in all.0.iter().filter(|(path, _)| path.ends_with(".relance")) {
            let formatted = format(text, &VOCABULARY, None).unwrap();
            if write {
                std::fs::write(root().join(folder).join(path), &formatted).unwrap();
            } else {
                assert!(
                    *text == formatted,
                    "{folder}/{path} is laid out otherwise:\n{formatted}"
                );
            }
        }
    }
}

//! Fields of the firm's own: read in segments, score, conditions, sums and tests; what cannot be read is unknown with a reason.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::{DateTime, Utc};
use relance_rules::decide;
use relance_rules::decision::Decision;
use relance_rules::dsl::diagnostic::render;
use relance_rules::dsl::lang::Lang;
use relance_rules::facts::AccountFacts;
use relance_rules::proof;
use relance_rules::reason::Reason;
use relance_rules::rulebook::{Files, build};
use relance_rules::words::{self, Language};
use simulator::{Simulator, account, rulebook};

const FIELDS: &str = "edition 2026
fields {
  customer.custom.region   text          \"Region\" was zone
  customer.custom.rating   whole number
  customer.custom.margin   percent
  customer.custom.bonus    amount
  customer.custom.since    date
  customer.custom.vip      yes or no
  invoice.custom.contract  text
  invoice.custom.phase     one of draft, signed
  invoice.custom.retained  amount
}
";

fn now() -> DateTime<Utc> {
    "2026-03-12T09:00:00Z".parse().unwrap()
}

fn custom(facts: &mut AccountFacts, values: &[(&str, &str)]) {
    let values = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
    facts.customer.custom = values.collect();
}

fn decided(condition: &str, facts: &AccountFacts) -> Decision {
    let rules = format!(
        "{FIELDS}segments {{ yes when {condition}\n no otherwise }}\n\
         scenario s for yes, no {{ language fr\n dunning {{ level 1 a 3 days after due {{ email template reminder }} }} }}\n"
    );
    decide(&rulebook(&rules), facts, now())
}

fn segment(condition: &str, facts: &AccountFacts) -> String {
    decided(condition, facts).segment.map_or("-".into(), |s| s.name)
}

#[test]
fn a_field_is_read_as_the_type_that_is_declared() {
    let mut facts = account();
    custom(
        &mut facts,
        &[
            ("region", "Nord"),
            ("rating", "4"),
            ("margin", "12,5 %"),
            ("bonus", "1 500"),
            ("since", "2020-01-31"),
            ("vip", "oui"),
        ],
    );
    for (condition, expected) in [
        ("customer.custom.region is \"Nord\"", "yes"),
        ("customer.custom.region is \"nord\"", "no"),
        ("customer.custom.region is one of \"Sud\", \"Nord\"", "yes"),
        ("customer.custom.rating >= 4", "yes"),
        ("customer.custom.rating * 2 > 8", "no"),
        ("customer.custom.margin > 12 %", "yes"),
        ("customer.custom.bonus >= 1 500 EUR", "yes"),
        ("today - customer.custom.since > 6 * 366", "yes"),
        ("customer.custom.since < 2020-02-01", "yes"),
        ("customer.custom.vip", "yes"),
        ("not customer.custom.vip", "no"),
        ("customer.custom.vip is no", "no"),
        ("customer.custom.region is known", "yes"),
    ] {
        assert_eq!(segment(condition, &facts), expected, "{condition}");
    }
}

#[test]
fn a_value_that_is_not_of_its_type_is_unknown_and_the_reason_says_what_stands_there() {
    let mut facts = account();
    custom(&mut facts, &[("rating", "quatre"), ("since", "31/02/2020")]);
    for condition in [
        "customer.custom.rating > 3",
        "customer.custom.rating <= 3",
        "customer.custom.since < today",
        "customer.custom.bonus > 1 EUR",
        "customer.custom.vip is no",
        "customer.custom.region is not \"Nord\"",
    ] {
        assert_eq!(segment(condition, &facts), "no", "{condition}");
    }
    let decision = decided("customer.custom.rating is unknown", &facts);
    assert_eq!(decision.segment.as_ref().map(|s| s.name.as_str()), Some("yes"));
    let said = |language| {
        let reasons: Vec<&Reason> = decision.reasons.iter().collect();
        let zone = facts.company.time_zone;
        let lines: Vec<String> = reasons.iter().map(|r| words::reason(r, zone, language)).collect();
        lines.join("\n")
    };
    let english = said(Language::En);
    assert!(
        english.contains("customer.custom.rating = \"quatre\", which is no whole number"),
        "{english}"
    );
    let french = said(Language::Fr);
    assert!(
        french.contains("client.libre.rating = «\u{a0}quatre\u{a0}», illisible comme nombre entier"),
        "{french}"
    );
}

#[test]
fn what_was_noted_under_the_former_name_of_a_field_still_counts() {
    let mut facts = account();
    custom(&mut facts, &[("zone", "Nord")]);
    assert_eq!(segment("customer.custom.region is \"Nord\"", &facts), "yes");
}

#[test]
fn fields_of_invoices_are_summed_and_counted() {
    let mut simulator = Simulator::standard("2026-03-01");
    for (number, phase, retained) in [
        ("F1", "signed", "100"),
        ("F2", "signed", "50,50 EUR"),
        ("F3", "draft", "9"),
    ] {
        simulator.invoice(number, 1000, "2026-02-20");
        let one = simulator.invoice_mut(number);
        one.custom.insert("phase".into(), phase.into());
        one.custom.insert("retained".into(), retained.into());
    }
    let facts = simulator.facts;
    for (condition, expected) in [
        ("sum of custom.retained of invoices = 159.50 EUR", "yes"),
        (
            "(sum of custom.retained of invoices where custom.phase is signed) >= 150.50 EUR",
            "yes",
        ),
        ("(count of invoices where custom.phase is draft) > 1", "no"),
        ("largest of custom.retained of invoices >= 100 EUR", "yes"),
        (
            "sum of custom.retained of invoices where custom.phase is unknown = 0 EUR",
            "yes",
        ),
    ] {
        assert_eq!(segment(condition, &facts), expected, "{condition}");
    }
}

/// Plays the tests of a text in the language after the declarations above, and gives what fails.
fn failures(text: &str) -> Vec<String> {
    let mut files = Files::default();
    files.0.insert("rules.relance".into(), format!("{FIELDS}{text}"));
    files.0.insert("templates/reminder.md".into(), "text".into());
    let built = build(&files);
    let shown = render(&built.diagnostics, &built.sources, false, Some(Lang::English));
    let rulebook = built.rulebook.unwrap_or_else(|| panic!("{shown}"));
    let tests = &rulebook.checked.tests;
    let outcomes = tests
        .iter()
        .map(|t| proof::run(&rulebook, t, Some(Lang::English)));
    let failed = outcomes.filter(|o| !o.passed());
    failed.map(|o| o.told()).collect()
}

#[test]
fn a_test_gives_fields_and_a_step_asks_them() {
    let found = failures(
        r#"
segments { north when customer.custom.region is "Nord"
           other otherwise }
score payer from 0 to 100 start 50 {
  add 10 when customer.custom.vip
  add 2  per point of customer.custom.rating above 1, at most 10
  bands { good from 60, poor }
}
scenario s for north, other {
  language fr
  dunning {
    level 1 a 3 days after due when invoice.custom.phase is signed { email template reminder }
  }
}
test "what is signed is reminded of" {
  given customer { custom.region "Nord", custom.vip yes, custom.rating 4 }
  given invoice F1 { amount 100 EUR, due 2026-02-02, custom.phase signed }
  given invoice F2 { amount 100 EUR, due 2026-02-02, custom.phase draft }
  given invoice F3 { amount 100 EUR, due 2026-02-02 }
  expect segment north
  expect score 66
  expect level 1 of F1 on 2026-02-05
  expect nothing of F2
  expect nothing of F3
}
"#,
    );
    assert_eq!(found, [""; 0]);
}

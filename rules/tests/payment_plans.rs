//! Payment plans: they stop the clock while they are kept, and never for longer.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod played;

use relance_rules::proof::{self, Outcome};

const RULES: &str = r#"
edition 2026
use std.france

segments { all "All" otherwise }

scenario plain "Plain" for all {
  language fr
  send     on business days of france, 09:00 to 17:30, company time
  hold     while disputed, on plan
  dunning {
    level 1 first  "First"   3 days after due     { email template reminder }
    level 2 second "Second" 10 days after level 1 { email template second_reminder }
  }
}

plans { missed after 3 business days }
"#;

fn outcome(lines: &str) -> Outcome {
    let rulebook = played::rulebook(RULES, &played::one_test(lines), &[], &[]);
    played::outcomes(&rulebook, None).remove(0)
}

#[track_caller]
fn passes(lines: &str) {
    let outcome = outcome(lines);
    assert!(outcome.passed(), "{}", outcome.told());
}

#[track_caller]
fn fails(lines: &str) -> String {
    let outcome = outcome(lines);
    assert!(!outcome.passed(), "it passed:\n{}", outcome.timeline.join("\n"));
    outcome.told()
}

const F1: &str = "given invoice F1 { amount 700 EUR, issued 2026-01-05, due 2026-02-04 }\n";
const PLAN: &str = "on 2026-02-12 plan F1 { 400 EUR on 2026-03-02, 300 EUR on 2026-04-01 }\n";

#[test]
fn a_plan_that_is_kept_stops_the_clock_to_its_end() {
    passes(&format!(
        "{F1} {PLAN}
         on 2026-03-02 pay F1 400 EUR
         on 2026-03-31 pay F1 300 EUR
         expect level 1 of F1 on 2026-02-09
         expect nothing from 2026-02-10 to 2026-12-31"
    ));
}

#[test]
fn a_missed_plan_holds_nothing_and_says_why() {
    passes(&format!(
        "{F1} {PLAN}
         expect level 1 of F1 on 2026-02-09
         expect nothing from 2026-02-10 to 2026-03-12
         expect level 2 of F1 on 2026-03-13 because \"22 days on hold\"
         expect level 2 of F1 because \"instalment 1 of 2, EUR 400.00 on 2 March 2026, was not paid in time\""
    ));
}

#[test]
fn who_catches_up_is_held_again_until_the_next_instalment() {
    let outcome = outcome(&format!(
        "{F1} {PLAN}
         on 2026-03-09 pay F1 400 EUR
         expect level 2 of F1"
    ));
    assert!(outcome.passed(), "{}", outcome.told());
    insta::assert_snapshot!(outcome.timeline.join("\n"));
}

#[test]
fn money_that_nobody_allocated_pays_instalments_too() {
    passes(&format!(
        "{F1} {PLAN}
         on 2026-03-02 receive 400 EUR
         expect nothing from 2026-02-10 to 2026-04-06"
    ));
}

#[test]
fn a_cancelled_plan_holds_no_more() {
    passes(&format!(
        "{F1} {PLAN}
         on 2026-02-16 cancel plan F1
         expect level 2 of F1 on 2026-02-23 because \"4 days on hold\""
    ));
}

#[test]
fn one_plan_for_several_invoices_counts_what_is_paid_on_any_of_them() {
    passes(&format!(
        "{F1} given invoice F2 {{ amount 300 EUR, issued 2026-01-05, due 2026-02-04 }}
         on 2026-02-12 plan F1 and F2 {{ 300 EUR on 2026-03-02, 700 EUR on 2026-04-01 }}
         on 2026-03-02 pay F2
         expect nothing from 2026-02-10 to 2026-04-06
         expect level 2 of F1 on 2026-04-15"
    ));
}

#[test]
fn a_plan_that_cannot_be_is_told_where_it_stands() {
    let told = [
        "on 2026-02-12 plan F1 { 400 EUR on 2026-03-02, 301 EUR on 2026-04-01 }",
        "on 2026-02-12 plan F1 { 400 EUR on 2026-02-11, 300 EUR on 2026-04-01 }",
        "on 2026-02-12 plan F1 { 400 USD on 2026-03-02 }",
        "on 2026-02-12 plan F1 { 400 EUR on 2026-03-02 }, plan F1 { 300 EUR on 2026-04-01 }",
        "on 2026-02-12 cancel plan F1",
        "on 2026-02-12 pay F1, plan F1 { 700 EUR on 2026-03-02 }",
    ]
    .map(|line| fails(&format!("{F1} {line}\n expect nothing on 2026-02-13")));
    let first: Vec<&str> = told
        .iter()
        .filter_map(|told| told.split("\ntimeline").next())
        .collect();
    insta::assert_snapshot!(first.join("\n"));
}

#[test]
fn a_french_test_says_the_same() {
    let rulebook = played::rulebook(
        RULES,
        "édition 2026
         test \"échelonnée\" {
           soit facture F1 { montant 700 EUR, émise 2026-01-05, échéance 2026-02-04 }
           le 2026-02-12 échelonner F1 { 400 EUR le 2026-03-02, 300 EUR le 2026-04-01 }
           le 2026-02-16 annuler l'échéancier F1
           attendre niveau 2 de F1 le 2026-02-23
         }",
        &[],
        &[],
    );
    let outcome = proof::run(&rulebook, &rulebook.checked.tests[0], None);
    assert!(outcome.passed(), "{}", outcome.told());
}

//! Tests of the language: each happening and each expectation, passing and failing, and what a failure says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

use std::sync::Arc;

use relance_rules::dsl::diagnostic::render;
use relance_rules::dsl::lang::Lang;
use relance_rules::proof::{self, Outcome};
use relance_rules::rulebook::{Files, Rulebook, build};

const RULES: &str = r#"
edition 2026
use std.france

segments {
  key   "Key accounts"   when account.revenue_12m >= 500 000 EUR
  public "Public bodies" when customer.kind is public
  small "Small accounts" otherwise
}

score payer from 0 to 100 start 60 {
  add 20      when account.on_time_rate_12m >= 90 %
  subtract 1  per day of account.average_days_late above 5, at most 30
  subtract 15 when account.broken_promises_12m >= 1
  bands { good from 70, fair from 40, poor }
}

scenario standard "Standard" for small, key {
  language  contact.language else customer.language else fr
  tone      courteous; firm when score is poor
  send      on business days of france, 09:00 to 17:30, company time
  contact   role accounts_payable else main
  group     by customer
  ignore    invoices under 15 EUR
  hold      while disputed, promised, on plan, or unallocated cash covers it

  courtesy {
    step ahead "Word ahead" 5 business days before due { email template courtesy }
  }
  dunning {
    level 1 statement "Statement" 3 days after due     { email template statement }
    level 2 reminder  "Reminder"  8 days after level 1 { email template reminder }
    level 3 calling   "Call"      7 days after level 2 { call script script assign collector within 2 business days }
    level 4 last      "Last word" 8 days after level 3 { email template last tone firm }
  }
  thanks { when paid in full { email template thanks } }
}
"#;

/// A rulebook of the rules above and a file of tests.
fn rulebook(tests: &str) -> Arc<Rulebook> {
    let mut files = Files::default();
    files.0.insert("rules.relance".into(), RULES.into());
    files.0.insert("tests/a.relance".into(), tests.into());
    for name in ["courtesy", "statement", "reminder", "last", "script", "thanks"] {
        for language in ["fr", "de"] {
            files
                .0
                .insert(format!("templates/{name}.{language}.md"), "text".into());
        }
    }
    let built = build(&files);
    let shown = render(&built.diagnostics, &built.sources, false, Some(Lang::English));
    built.rulebook.unwrap_or_else(|| panic!("{shown}"))
}

fn run(rulebook: &Rulebook, said_in: Option<Lang>) -> Vec<Outcome> {
    let tests = &rulebook.checked.tests;
    tests
        .iter()
        .map(|test| proof::run(rulebook, test, said_in))
        .collect()
}

/// The one test of a file with these lines.
fn outcome(lines: &str) -> Outcome {
    let rulebook = rulebook(&format!("edition 2026\ntest \"it\" {{\n{lines}\n}}\n"));
    run(&rulebook, None).remove(0)
}

#[track_caller]
fn passes(lines: &str) {
    let outcome = outcome(lines);
    assert!(outcome.passed(), "{}", outcome.told());
}

/// What a test that fails says.
#[track_caller]
fn fails(lines: &str) -> String {
    let outcome = outcome(lines);
    assert!(!outcome.passed(), "it passed:\n{}", outcome.timeline.join("\n"));
    outcome.told()
}

const F1: &str = "given invoice F1 { amount 12 000 EUR, issued 2026-01-05, due 2026-02-04 }\n";

#[test]
fn the_example_of_the_manual() {
    passes(
        "given company { currency EUR, country FR }
         given customer { revenue_12m 600 000 EUR, language de }
         given invoice F1 { amount 12 000 EUR, issued 2026-01-05, due 2026-02-04 }
         on 2026-02-10 dispute F1 quality
         on 2026-02-24 reject dispute F1
         expect segment key
         expect 2026-01-28 email template courtesy in de
         expect 2026-02-09 level 1 of F1 tone courteous
         expect nothing from 2026-02-10 to 2026-03-02
         expect level 2 of F1 on 2026-03-03 because \"14 days on hold\"",
    );
}

#[test]
fn all_that_is_done_is_a_timeline() {
    let outcome = outcome(&format!("{F1} expect level 4"));
    assert!(outcome.passed(), "{}", outcome.told());
    insta::assert_snapshot!(outcome.timeline.join("\n"));
}

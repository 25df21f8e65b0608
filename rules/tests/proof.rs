//! Tests of the language: each happening and each expectation, passing and failing, and what a failure says.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod played;

use std::sync::Arc;

use played::outcomes as run;
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
    rulebook_of(RULES, tests)
}

fn rulebook_of(rules: &str, tests: &str) -> Arc<Rulebook> {
    let templates = ["courtesy", "statement", "reminder", "last", "script", "thanks"];
    played::rulebook(rules, tests, &templates, &["fr", "de"])
}

/// The one test of a file with these lines.
fn outcome(lines: &str) -> Outcome {
    let rulebook = rulebook(&played::one_test(lines));
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

#[test]
fn an_invoice_without_an_issue_day_is_issued_thirty_days_before_it_is_due() {
    passes(
        "given invoice F1 { amount 100 EUR, due 2026-02-04 }
         expect 2026-01-28 step ahead of F1
         expect nothing from 2025-12-01 to 2026-01-27",
    );
    passes(
        "given invoice F1 { amount 100 EUR, due 2026-02-04, known 2026-03-04 }
         expect level 1 on 2026-03-04 because \"already overdue\"
         expect nothing from 2026-01-01 to 2026-03-03",
    );
}

#[test]
fn what_is_given_reaches_the_rules() {
    passes(
        "given company { country GB, currency GBP, name \"Lamps\" }
         given customer { kind public, number \"C7\", tags \"a\" and \"b\", credit_limit 5 000 EUR }
         given invoice F1 { amount 100 GBP, due 2026-02-04 }
         expect segment public on 2026-02-01
         expect nothing",
    );
    passes(
        "given customer { on_time_rate_12m 92.5 %, average_days_late 7, broken_promises_12m 2 }
         given invoice F1 { amount 100 EUR, due 2026-02-04 }
         expect score 63 on 2026-02-01
         expect score fair",
    );
    passes(
        "given account { paid_invoices_12m 4, on_time_rate_12m 75 % }
         given invoice F1 { amount 100 EUR, balance 20 EUR, number \"2026-17\", due 2026-02-04 }
         expect score 60
         expect timeline to 2026-01-31 { \"2026-01-28 email courtesy in fr, courteous: 2026-17 ahead\" }",
    );
    passes(
        "given contact { name \"Anna\", language de }
         given invoice F1 { amount 100 EUR, due 2026-02-04 }
         expect step ahead in de because \"Anna\"",
    );
}

#[test]
fn a_test_that_names_no_day_is_played_on_some_day() {
    passes("given customer { revenue_12m 600 000 EUR }\nexpect segment key\nexpect score 60");
    let told = fails("expect segment key");
    assert!(told.contains("On 2026-01-01 the segment was small."), "{told}");
}

#[test]
fn figures_that_cannot_be_are_refused() {
    insta::assert_snapshot!(fails(&format!(
        "given customer {{ broken_promises_12m 1 }}
         given account {{ paid_invoices_12m 3, on_time_rate_12m 90 % }}
         {F1} expect score 45 on 2026-01-20"
    )));
    fails("given invoice F1 { amount 100 EUR, balance 101 EUR, due 2026-02-04 }\nexpect nothing");
}

#[test]
fn a_dispute_stops_the_clock_until_it_is_settled() {
    for settled in ["reject", "accept"] {
        passes(&format!(
            "{F1} on 2026-02-05 dispute F1
             on 2026-03-05 {settled} dispute F1
             expect nothing from 2026-02-05 to 2026-03-05
             expect level 1 on 2026-03-09"
        ));
    }
    insta::assert_snapshot!(fails(&format!(
        "{F1} on 2026-02-05 dispute F1
         on 2026-02-06 dispute F1
         on 2026-02-07 release F1
         expect level 1 of F1 on 2026-02-09"
    )));
}

#[test]
fn a_payment_ends_dunning_and_is_thanked_for() {
    passes(&format!(
        "{F1} on 2026-02-10 pay F1 2 000 EUR
         on 2026-02-16 pay F1
         expect thanks on 2026-02-16
         expect nothing from 2026-02-17 to 2026-05-01
         expect score 60 on 2026-02-15
         expect score 53 on 2026-02-18"
    ));
    passes(
        "given invoice F1 { amount 100 EUR, due 2026-02-04 }
         given invoice F2 { amount 100 EUR, due 2026-02-06 }
         on 2026-02-05 pay F1
         on 2026-02-07 09:15 pay F2
         expect score 60 on 2026-02-08",
    );
    fails(&format!("{F1} on 2026-02-10 pay F1, pay F1\nexpect thanks"));
    fails(&format!("{F1} on 2026-02-10 pay F1 10 USD\nexpect level 1"));
    fails(&format!("{F1} on 2025-12-10 pay F1\nexpect level 1"));
}

#[test]
fn a_credit_note_is_no_payment_and_cash_may_cover_an_invoice() {
    passes(&format!(
        "{F1} on 2026-02-05 credit F1 12 000 EUR\nexpect nothing from 2026-02-05 to 2026-06-01"
    ));
    passes(&format!(
        "{F1} on 2026-02-05 receive 13 000 EUR\nexpect nothing from 2026-02-05 to 2026-06-01"
    ));
    passes(&format!(
        "given account {{ unallocated 13 000 EUR }}\n{F1} expect nothing"
    ));
}

#[test]
fn a_promise_is_broken_the_day_after_and_kept_by_a_payment() {
    passes(&format!(
        "{F1} on 2026-02-05 promise F1 until 2026-03-05
         expect nothing from 2026-02-05 to 2026-03-05
         expect score 60 on 2026-03-05
         expect score 45 on 2026-03-06
         expect level 1 of F1 on 2026-03-09"
    ));
    passes(&format!(
        "{F1} on 2026-02-05 promise F1 1 000 EUR until 2026-03-05
         on 2026-02-20 pay F1 1 000 EUR
         expect score 60 on 2026-03-20
         expect level 1 of F1 on 2026-02-23"
    ));
    fails(&format!(
        "{F1} on 2026-02-05 promise F1 until 2026-02-04\nexpect level 1"
    ));
    fails(&format!(
        "{F1} on 2026-02-05 promise F1 90 000 EUR until 2026-03-04\nexpect level 1"
    ));
}

#[test]
fn a_person_holds_an_invoice_and_releases_it() {
    passes(&format!(
        "{F1} on 2026-02-05 hold F1
         on 2026-02-20 release F1
         expect nothing from 2026-02-05 to 2026-02-20
         expect level 1 on 2026-02-23"
    ));
    passes(&format!(
        "{F1} on 2026-02-05 hold F1 until 2026-02-26\nexpect nothing from 2026-02-05 to 2026-02-26\nexpect level 1 on 2026-03-02"
    ));
    passes(&format!(
        "{F1} on 2026-02-05 insolvent\nexpect nothing from 2026-02-05 to 2026-06-01"
    ));
}

#[test]
fn a_call_waits_for_its_outcome_and_counts_as_reached_on_its_due_day_without_one() {
    passes(&format!(
        "{F1} on 2026-02-25 call gives reached\nexpect call script script on 2026-02-24\nexpect level 4 on 2026-03-05"
    ));
    passes(&format!(
        "{F1} on 2026-02-24 call gives no_answer\nexpect level 4 on 2026-03-04"
    ));
    passes(&format!(
        "{F1} on 2026-03-10 09:30 call gives reached\nexpect nothing from 2026-02-25 to 2026-03-10\nexpect level 4 on 2026-03-18"
    ));
    let dispute = outcome(&format!("{F1} on 2026-02-25 dispute F1\nexpect call"));
    insta::assert_snapshot!(dispute.timeline.join("\n"));
    fails(&format!("{F1} on 2026-02-10 call gives reached\nexpect call"));
    fails(&format!("{F1} on 2026-02-10 approve F1\nexpect call"));
    fails(&format!("{F1} on 2026-02-10 refuse F1\nexpect call"));
}

#[test]
fn a_message_that_comes_back_goes_to_the_next_contact_or_a_task_asks_for_one() {
    passes(&format!(
        "given contact accounts_payable {{ name \"Zoe\" }}
         {F1} on 2026-02-09 bounce
         expect 2026-01-28 email template courtesy because \"Zoe\"
         expect 2026-02-09 level 1 because \"Main contact\""
    ));
    let outcome = outcome(&format!("{F1} on 2026-02-10 bounce\nexpect task fix_contact"));
    assert!(outcome.passed(), "{}", outcome.told());
    insta::assert_snapshot!(outcome.timeline.join("\n"));
    passes(&format!(
        "given contact {{ email \"\" }}\n{F1} expect 2026-01-28 task\nexpect nothing from 2026-01-29 to 2026-02-20"
    ));
    fails(&format!("{F1} on 2026-01-10 bounce\nexpect task"));
}

#[test]
fn several_invoices_share_a_message() {
    passes(
        "given invoice F1 { amount 100 EUR, due 2026-02-04 }
         given invoice F2 { amount 100 EUR, due 2026-02-04 }
         expect level 1 of F2 on 2026-02-09 because \"2 invoices\"
         expect nothing of F1 from 2026-02-10 to 2026-02-16
         expect timeline to 2026-02-09 {
           \"2026-01-28 email courtesy in fr, courteous: F1 ahead, F2 ahead\",
           \"2026-02-09 email statement in fr, courteous: F1 level 1, F2 level 1\"
         }",
    );
}

/// Every form of expectation, none of which comes.
const UNMET: &str = "expect nothing of F1 from 2026-02-01 to 2026-02-20
         expect nothing on 2026-02-09
         expect segment key
         expect score good on 2026-02-10
         expect score 61
         expect level 1 of F1 on 2026-02-10
         expect level 2 on 2026-02-09
         expect 2026-02-09 email template statement in de tone firm because \"on a whim\"
         expect step ahead on 2026-02-04
         expect thanks
         expect call script script on 2026-02-09
         expect task
         expect approval
         expect timeline to 2026-02-10 { \"2026-01-28 email courtesy in fr, courteous: F1 ahead\" \"2026-02-08 email\" }";

#[test]
fn a_failure_says_what_came_instead_and_why() {
    insta::assert_snapshot!(fails(&format!("{F1} {UNMET}")));
}

#[test]
fn a_failure_of_a_french_file_is_in_french() {
    let lines = "édition 2026
test \"rien ne vient\" {
  soit facture F1 { montant 12 000 EUR, émise 2026-01-05, échéance 2026-02-04 }
  le 2026-02-10 litige F1
  attendre rien de F1 du 2026-02-01 au 2026-02-20
  attendre segment key
  attendre score good le 2026-02-10
  attendre niveau 1 de F1 le 2026-02-10
  attendre 2026-02-09 email modèle statement en de ton ferme car \"un caprice\"
  attendre niveau 2 de F1 le 2026-02-17
  attendre remerciement
  attendre déroulé au 2026-02-10 { }
}
";
    let rulebook = rulebook(lines);
    insta::assert_snapshot!(run(&rulebook, None)[0].told());
    let english = run(&rulebook, Some(Lang::English)).remove(0);
    assert!(
        english.told().contains("On 2026-02-10 the score was fair."),
        "{}",
        english.told()
    );
    assert_eq!(
        english.timeline,
        run(&rulebook, None)[0].timeline,
        "timelines stay as the file has them"
    );
}

#[test]
fn a_reason_is_compared_without_regard_to_spaces_and_capitals() {
    let rulebook = rulebook(
        "édition 2026
test \"une raison\" {
  soit facture F1 { montant 12 000 EUR, échéance 2026-02-04 }
  attendre niveau 1 le 2026-02-09 car \"SEGMENT « small accounts »\"
}
",
    );
    let outcome = run(&rulebook, None).remove(0);
    assert!(outcome.passed(), "{}", outcome.told());
}

#[test]
fn a_test_of_more_than_three_years_is_refused() {
    let told = fails(&format!("{F1} expect level 1 on 2062-02-09"));
    assert!(told.contains("A test spans 3 years at most"), "{told}");
    for year in ["1600", "2500", "9999"] {
        let far = outcome(&format!(
            "given invoice F1 {{ amount 1 EUR, due {year}-12-31 }}\non {year}-12-31 pay F1\nexpect thanks"
        ));
        assert!(!far.passed(), "days so far away are not played");
    }
}

#[test]
fn accepted_timelines_pass_and_nothing_else_of_the_file_changes() {
    for newline in ["\n", "\r\n"] {
        let before = "edition 2026 // é
test \"one\" {
  given invoice F1 { amount 100 EUR, due 2026-02-04 }
    expect timeline to 2026-02-10 { \"x\" } // kept
}
test \"two\" {
  given invoice F1 { amount 100 EUR, due 2026-02-04 }
  expect timeline to 2026-01-29 {}
  expect timeline to 2026-01-01 {
  }
}
"
        .replace('\n', newline);
        let rules = rulebook(&before);
        let accepted = proof::accept(&rules, &run(&rules, None));
        assert_eq!(accepted.len(), 1);
        assert_eq!(accepted[0].path, "tests/a.relance");
        assert_eq!(accepted[0].timelines, 2, "one was as it came");
        let again = rulebook(&accepted[0].text);
        let outcomes = run(&again, None);
        assert!(outcomes.iter().all(Outcome::passed), "{}", accepted[0].text);
        assert_eq!(proof::accept(&again, &outcomes), []);
        if newline == "\n" {
            insta::assert_snapshot!(accepted[0].text);
        } else {
            assert_eq!(
                accepted[0].text.matches('\n').count(),
                accepted[0].text.matches("\r\n").count()
            );
        }
    }
}

#[test]
fn the_tests_of_the_language_reference_pass() {
    let page = include_str!("../../docs/language.md");
    let blocks = page.split("```relance\n").skip(1);
    let text: String = blocks.filter_map(|block| block.split("```").next()).collect();
    let mut files = Files::default();
    files.0.insert("language.relance".into(), text);
    let scripts = page.split("```rhai\n").skip(1);
    let scripts: String = scripts.filter_map(|block| block.split("```").next()).collect();
    files.0.insert("hooks/language.rhai".into(), scripts);
    let rulebook = build(&files).rulebook.unwrap();
    let outcomes = run(&rulebook, None);
    assert!(!outcomes.is_empty());
    for outcome in outcomes {
        assert!(outcome.passed(), "{}", outcome.told());
    }
}

#[test]
fn all_that_happens_can_be_said_in_french() {
    let rulebook = rulebook(
        "édition 2026
test \"tout arrive\" {
  soit société { pays FR, devise EUR }
  soit client { type entreprise, taux_ponctualité_12m 90 %, étiquettes \"a\" et \"b\" }
  soit contact { nom \"Anne\", langue fr }
  soit facture F1 { montant 12 000 EUR, émise 2026-01-05, échéance 2026-02-04, connue 2026-01-06 }
  le 2026-02-05 suspendre F1 jusqu'au 2026-02-06
  le 2026-02-10 litige F1 prix, créditer F1 2 000 EUR
  le 2026-02-11 rejeter litige F1
  le 2026-02-12 encaisser 500 EUR
  le 2026-02-12 10:00 promesse F1 1 000 EUR jusqu'au 2026-02-13
  le 2026-02-23 appel donne sans_réponse
  le 2026-02-25 suspendre F1
  le 2026-02-26 libérer F1
  le 2026-02-27 payer F1 100 EUR, insolvable
  attendre étape ahead de F1 le 2026-01-28 car \"Anne\"
  attendre niveau 1 de F1 le 2026-02-09
  attendre segment small le 2026-02-27
  attendre score fair le 2026-02-27
  attendre 2026-02-20 email modèle reminder en fr ton courtois
  attendre rien du 2026-02-27 au 2026-05-31
  attendre déroulé { }
}
",
    );
    insta::assert_snapshot!(run(&rulebook, None)[0].told());
}

/// The same rules with work for people.
fn by_people() -> String {
    RULES
        .replace(
            "{ email template reminder }",
            "{ letter template reminder; task look assign sales within 2 business days }",
        )
        .replace(
            "{ email template last tone firm }",
            "{ registered letter template last tone formal; approve by credit_manager }
             then lawyers after 5 days { hand over to legal, approve by cfo }",
        )
}

#[test]
fn work_of_people_is_done_on_its_due_day_and_an_approval_waits_for_an_answer() {
    let tests = "edition 2026
test \"approved\" {
  given invoice F1 { amount 12 000 EUR, due 2026-02-04 }
  on 2026-03-12 approve F1
  expect approval on 2026-03-10
  expect level 4 of F1 on 2026-03-10 because \"credit manager\"
  expect nothing on 2026-03-11
  expect 2026-02-17 letter template reminder in fr
  expect 2026-02-17 task look
  expect 2026-03-12 registered letter template last tone formal because \"approved\"
  expect timeline { }
}
test \"refused\" {
  given invoice F1 { amount 12 000 EUR, due 2026-02-04 }
  on 2026-03-11 refuse F1
  on 2026-04-20 approve F1
  on 2026-02-17 approve F1
  expect nothing from 2026-03-11 to 2026-04-09
  expect approval on 2026-04-10
  expect level 4 on 2026-04-20
}
";
    let english = rulebook_of(&by_people(), tests);
    let told: Vec<_> = run(&english, None).iter().map(Outcome::told).collect();
    insta::assert_snapshot!(told.join("\n"));
    let french = rulebook_of(
        &by_people(),
        "édition 2026
test \"validé\" {
  soit facture F1 { montant 12 000 EUR, échéance 2026-02-04 }
  le 2026-03-12 valider F1
  le 2026-03-17 valider F1
  attendre étape lawyers le 2026-03-17
  attendre rien du 2026-03-20 au 2026-05-01
}
",
    );
    insta::assert_snapshot!(run(&french, None)[0].timeline.join("\n"));
}

/// The rules above with a hook in level 1.
fn with_hook(script: &str, lines: &str) -> Outcome {
    let rules = RULES.replacen(
        "{ email template statement }",
        "{ hook h; email template statement }",
        1,
    );
    let mut files = Files::default();
    let rules = format!("{rules}\nhook h(case) -> effects\n");
    files.0.insert("rules.relance".into(), rules);
    files.0.insert("hooks/h.rhai".into(), script.into());
    files.0.insert("tests/a.relance".into(), played::one_test(lines));
    for name in ["courtesy", "statement", "reminder", "last", "script", "thanks"] {
        files.0.insert(format!("templates/{name}.fr.md"), "text".into());
    }
    let rulebook = build(&files).rulebook.unwrap();
    run(&rulebook, None).remove(0)
}

#[test]
fn what_hooks_do_can_be_expected() {
    let script = "fn h(kase) { [skip(), task(\"look\", \"sales\"), note(`seen: \"${kase.invoice.number}\"`), webhook(\"crm\", \"x\")] }";
    let given = "given invoice F1 { amount 1 000 EUR, due 2026-02-04 }\n";
    let played = with_hook(
        script,
        &format!(
            "{given}expect task look on 2026-02-09 because \"is left out\"\n\
             expect note \"gone\" on 2026-02-09\nexpect webhook \"crm\" on 2026-02-09\nexpect webhook on 2026-02-09"
        ),
    );
    let said = played.told();
    assert!(said.contains("expect note"), "a note with other words: {said}");
    let played = with_hook(
        script,
        &format!(
            "{given}expect task look on 2026-02-09\nexpect note \"seen:\" on 2026-02-09\nexpect webhook \"crm\" on 2026-02-09\n\
             expect timeline to 2026-02-09 {{\n\
             \"2026-01-28 email courtesy in fr, courteous: F1 ahead\"\n\
             \"2026-02-09 note seen: 'F1': F1 level 1\"\n\
             \"2026-02-09 task look by sales, until 2026-02-09: F1 level 1\"\n\
             \"2026-02-09 webhook crm: F1 level 1\"\n}}"
        ),
    );
    assert!(played.passed(), "{}", played.told());
    let said = with_hook(
        script,
        &format!("{given}expect level 1 on 2026-02-09\nexpect webhook \"erp\" on 2026-02-09"),
    )
    .told();
    assert!(said.contains("expect webhook \"erp\""), "{said}");
    let played = with_hook(
        "fn h(kase) { [skip(), note(\"x\"), webhook(\"crm\", \"x\")] }",
        &format!("{given}expect level 1 on 2026-02-09"),
    );
    assert!(!played.passed(), "a note does not carry a level out");
}

#[test]
fn a_test_in_which_a_hook_fails_has_failed() {
    let lines =
        "given invoice F1 { amount 1 000 EUR, due 2026-02-04 }\nexpect nothing from 2026-02-04 to 2026-02-12";
    let said = with_hook("fn h(kase) { throw \"no\" }", lines).told();
    assert!(
        said.contains("test \"it\"\n    On 2026-02-09: Hook “h” failed (hooks/h.rhai:1): the script says: no; nothing is sent."),
        "{said}"
    );
}

//! Answers to what happens to an invoice: each is given once, at its moment, and dunning goes on where the rules say.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod played;

/// Three levels, and an answer to everything. Every day is open in the calendar's France but week-ends and holidays.
const RULES: &str = r#"
edition 2026
use std.france

segments { all "All" otherwise }

scenario standard "Standard" for all {
  language en
  send     on business days of france, 09:00 to 17:30, company time
  ignore   invoices under 15 EUR
  hold     while disputed, promised, on plan, or unallocated cash covers it

  dunning {
    level 1 first  8 days after due     { email template first }
    level 2 second 8 days after level 1 {
      call script ring assign collector within 1 business day
        on reached    email template minutes
        on promise    task note_promise assign collector
        on other      continue at level 3
    }
    level 3 last  10 days after level 2 { email template last tone firm }
    then after 15 days { hand over to legal, approve by credit_manager }
  }

  thanks { when paid in full { email template thanks } }

  on promise broken { email template promise_broken; continue at level 3 }
  on bounce         { task address assign collector within 1 business day }
  on paid           { task close_file assign collector }
  on dispute        { email template dispute_noted; task look_into assign sales }
  on level 3        { task director assign account_manager }
}

disputes {
  quality "Quality" owner production answer within 5 business days
  price   "Price"   owner sales      answer within 2 business days
  when late     { task chase_dispute assign credit_manager }
  when rejected { email template dispute_closed; continue where it was, after 5 days }
  when accepted { expect credit note }
}
promises { grace 2 business days; at most 2 per invoice }
plans    { missed after 3 business days; when missed { email template plan_missed; cancel plan; continue at level 3 } }
"#;

const TEMPLATES: [&str; 9] = [
    "first",
    "ring",
    "minutes",
    "last",
    "thanks",
    "promise_broken",
    "dispute_noted",
    "dispute_closed",
    "plan_missed",
];

/// Plays a test of one invoice of 1000 EUR due on Monday 2026-03-02, and says what was not as expected.
#[track_caller]
fn plays_by(rules: &str, lines: &str) {
    let tests = played::one_test(&format!(
        "given invoice F1 {{ amount 1 000 EUR, issued 2026-01-30, due 2026-03-02 }}\n{lines}"
    ));
    let rulebook = played::rulebook(rules, &tests, &TEMPLATES, &["en"]);
    for outcome in played::outcomes(&rulebook, None) {
        assert!(outcome.passed(), "{}", outcome.told());
    }
}

#[track_caller]
fn plays(lines: &str) {
    plays_by(RULES, lines);
}

#[test]
fn a_broken_promise_is_answered_once_and_dunning_goes_on_at_the_level_that_the_rules_name() {
    // Promised until Friday 20, broken when two business days of grace have passed: on Wednesday 25.
    plays(
        "  on 2026-03-16 promise F1 until 2026-03-20
           expect level 1 of F1 on 2026-03-10
           expect nothing from 2026-03-11 to 2026-03-24
           expect email template promise_broken on 2026-03-25 because \"promise broken\"
           expect level 3 of F1 on 2026-03-26 because \"resumed after promise broken\"
           expect task director on 2026-03-26
           expect nothing from 2026-03-27 to 2026-04-09",
    );
}

#[test]
fn a_promise_that_is_kept_needs_no_answer() {
    plays(
        "  on 2026-03-16 promise F1 until 2026-03-20
           on 2026-03-24 pay F1
           expect nothing from 2026-03-11 to 2026-03-23
           expect thanks on 2026-03-24
           expect task close_file on 2026-03-24
           expect nothing from 2026-03-25 to 2026-04-20",
    );
}

#[test]
fn a_dispute_is_noted_chased_when_late_and_goes_on_where_it_was_when_rejected() {
    plays(
        "  on 2026-03-12 dispute F1 price
           on 2026-03-25 reject dispute F1
           expect email template dispute_noted on 2026-03-12
           expect task look_into on 2026-03-12
           expect task chase_dispute on 2026-03-17 because \"not answered in time\"
           expect nothing from 2026-03-18 to 2026-03-24
           expect email template dispute_closed on 2026-03-25
           expect level 2 of F1 on 2026-03-31 because \"resumed after dispute\"",
    );
}

#[test]
fn after_an_accepted_dispute_the_invoice_is_left_alone_until_its_credit_note_comes() {
    plays(
        "  on 2026-03-12 dispute F1 quality
           on 2026-03-16 accept dispute F1
           on 2026-05-18 credit F1 200 EUR
           expect nothing from 2026-03-13 to 2026-05-18
           expect level 2 of F1 on 2026-05-26",
    );
}

#[test]
fn a_missed_instalment_cancels_the_plan_and_goes_on_at_the_level_that_the_rules_name() {
    // Due on Wednesday 1 April, missed after three business days with Easter Monday among the days: on Wednesday 8.
    plays(
        "  on 2026-03-12 plan F1 { 400 EUR on 2026-04-01, 600 EUR on 2026-05-04 }
           expect nothing from 2026-03-12 to 2026-04-07
           expect email template plan_missed on 2026-04-08
           expect level 3 of F1 on 2026-04-09
           expect nothing from 2026-04-10 to 2026-04-23",
    );
}

#[test]
fn a_message_that_comes_back_gives_the_task_of_the_rules_and_no_second_one() {
    plays(
        "  on 2026-03-11 bounce
           expect task address on 2026-03-11 because \"came back\"
           expect nothing from 2026-03-12 to 2026-03-20",
    );
}

#[test]
fn each_outcome_of_a_call_has_its_own_answer() {
    plays(
        "  on 2026-03-18 call gives reached
           expect call script ring on 2026-03-18
           expect email template minutes on 2026-03-18 because \"reached\"",
    );
    plays(
        "  on 2026-03-18 call gives promise
           expect task note_promise on 2026-03-18",
    );
    plays(
        "  on 2026-03-18 call gives other
           expect level 3 of F1 on 2026-03-19 because \"at level 3\"",
    );
}

#[test]
fn a_level_that_was_carried_out_does_not_come_again() {
    // Level 3 on 28 March is a Saturday: Monday 30. The promise is broken afterwards; what follows is the hand-over, not level 3.
    plays(
        "  on 2026-04-01 promise F1 until 2026-04-03
           expect level 3 of F1 on 2026-03-30
           expect email template promise_broken on 2026-04-09
           expect nothing from 2026-04-10 to 2026-04-16
           expect approval on 2026-04-22",
    );
}

#[test]
fn an_answer_waits_while_something_else_stands_against_the_invoice() {
    plays(
        "  on 2026-03-12 dispute F1 price
           on 2026-03-13 hold F1 until 2026-03-26
           on 2026-03-17 reject dispute F1
           expect nothing from 2026-03-13 to 2026-03-26
           expect email template dispute_closed on 2026-03-27",
    );
    // What is done in the house waits for nothing: the answer is late although a person holds the invoice.
    plays(
        "  on 2026-03-12 dispute F1 price
           on 2026-03-13 hold F1 until 2026-03-26
           expect task chase_dispute on 2026-03-17",
    );
}

#[test]
fn what_happened_long_before_is_no_news() {
    plays(
        "  on 2026-03-12 dispute F1 price
           on 2026-03-13 hold F1 until 2026-04-30
           on 2026-03-17 reject dispute F1
           expect nothing from 2026-03-18 to 2026-04-30
           expect level 2 of F1 on 2026-05-07",
    );
}

#[test]
fn an_answer_may_need_somebody_to_agree() {
    let rules = RULES.replace(
        "on promise broken { email template promise_broken; continue at level 3 }",
        "on promise broken { email template promise_broken; continue at level 3; approve by credit_manager }",
    );
    plays_by(
        &rules,
        "  on 2026-03-16 promise F1 until 2026-03-20
           on 2026-03-27 approve F1
           expect approval on 2026-03-25
           expect email template promise_broken on 2026-03-27
           expect level 3 of F1 on 2026-03-30",
    );
}

#[test]
fn a_scenario_has_its_own_answer_to_a_missed_plan_in_place_of_the_general_one() {
    let rules = RULES.replace(
        "  on bounce ",
        "  on plan missed { task visit assign account_manager }\n  on bounce ",
    );
    plays_by(
        &rules,
        "  on 2026-03-12 plan F1 { 400 EUR on 2026-04-01, 600 EUR on 2026-05-04 }
           expect task visit on 2026-04-08
           expect level 2 of F1 on 2026-04-14",
    );
}

//! Mistakes of `decide` that the reference model found (`tests/model`): one test for each, in few words.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};
use relance_rules::decision::{Action, ActionKind, Decision};
use relance_rules::facts::ProgressState;
use relance_rules::reason::ReasonKind;
use relance_rules::rulebook::Rulebook;
use relance_rules::{decide, recheck};
use simulator::{Simulator, day, rulebook};

/// Every day is a business day, so that days can be counted with one's fingers.
fn rules(courtesy: &str, dunning: &str) -> Arc<Rulebook> {
    rulebook(&format!(
        "edition 2026
segments {{ all otherwise }}
scenario plain for all {{
  language fr
  send every day, 09:00 to 17:00, company time
  contact main
  courtesy {{ {courtesy} }}
  dunning {{ {dunning} }}
}}
"
    ))
}

/// Plays until a day and looks at ten o'clock; nothing of what is decided then has been carried out.
fn at_ten(s: &mut Simulator, on: &str) -> Decision {
    s.until(on);
    s.now += TimeDelta::hours(10);
    decide(&s.rulebook, &s.facts, s.now)
}

/// Issued on the first of March, due on the twentieth.
fn invoice(s: &mut Simulator) {
    s.invoice("F1", 100, "2026-03-20");
    s.invoice_mut("F1").issued = day("2026-03-01");
}

fn only(decision: &Decision) -> &Action {
    let [action] = decision.actions.as_slice() else {
        panic!("{decision:?}")
    };
    action
}

/// Midnight of a day in Paris.
fn midnight(s: &Simulator, on: &str) -> DateTime<Utc> {
    s.midnight(on.parse().unwrap())
}

fn steps(s: &Simulator) -> Vec<String> {
    let say = |(on, step)| format!("{on} {step}");
    s.steps_of("F1").into_iter().map(say).collect()
}

#[test]
fn a_courtesy_call_that_nobody_made_is_looked_at_when_courtesy_ends() {
    let rules = rules(
        "step ahead 5 days before due { call script script }",
        "level 1 first 30 days after due { email template reminder }",
    );
    let mut s = Simulator::new(rules, "2026-03-01");
    invoice(&mut s);
    let decision = at_ten(&mut s, "2026-03-15");
    let call = only(&decision).clone();
    s.mark(&call, ProgressState::Pending);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.next_review_at, Some(midnight(&s, "2026-03-21")));
    // It would have lain there for a month, though there is no courtesy any more.
    s.now = decision.next_review_at.unwrap();
    assert!(recheck(&s.rulebook, &s.facts, &call, s.now).is_err());
}

#[test]
fn an_approval_of_courtesy_that_nobody_gave_is_looked_at_when_courtesy_ends() {
    let rules = rules(
        "step ahead 5 days before due { approve by cfo; email template courtesy }",
        "level 1 first 30 days after due { email template reminder }",
    );
    let mut s = Simulator::new(rules, "2026-03-01");
    invoice(&mut s);
    let decision = at_ten(&mut s, "2026-03-15");
    let asked = only(&decision).clone();
    s.mark(&asked, ProgressState::Pending);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.next_review_at, Some(midnight(&s, "2026-03-21")));
    s.now = decision.next_review_at.unwrap();
    assert!(recheck(&s.rulebook, &s.facts, &asked, s.now).is_err());
}

#[test]
fn a_call_whose_condition_ends_with_time_is_looked_at_each_day() {
    let rules = rules(
        "",
        "level 1 first 3 days after due when today - invoice.issued < 40 days { call script script }",
    );
    let mut s = Simulator::new(rules, "2026-03-01");
    invoice(&mut s);
    let decision = at_ten(&mut s, "2026-03-23");
    let call = only(&decision).clone();
    s.mark(&call, ProgressState::Pending);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.next_review_at, Some(midnight(&s, "2026-03-24")));
    // Issued on the first: on the tenth of April the condition has ended.
    s.now = midnight(&s, "2026-04-09");
    assert_eq!(recheck(&s.rulebook, &s.facts, &call, s.now), Ok(()));
    s.now = midnight(&s, "2026-04-10");
    assert!(recheck(&s.rulebook, &s.facts, &call, s.now).is_err());
}

#[test]
fn a_courtesy_call_whose_condition_ends_with_time_is_looked_at_each_day() {
    let rules = rules(
        "step ahead 15 days before due when today - invoice.issued < 8 days { call script script }",
        "level 1 first 3 days after due { email template reminder }",
    );
    let mut s = Simulator::new(rules, "2026-03-01");
    invoice(&mut s);
    let decision = at_ten(&mut s, "2026-03-05");
    let call = only(&decision).clone();
    s.mark(&call, ProgressState::Pending);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.next_review_at, Some(midnight(&s, "2026-03-06")));
}

#[test]
fn a_step_that_waits_for_approval_is_looked_at_while_time_can_end_its_condition() {
    let rules = rules(
        "",
        "level 1 first 3 days after due when today - invoice.issued < 40 days {
           approve by cfo; email template reminder }",
    );
    let mut s = Simulator::new(rules, "2026-03-01");
    invoice(&mut s);
    let decision = at_ten(&mut s, "2026-03-23");
    let asked = only(&decision).clone();
    s.mark(&asked, ProgressState::Pending);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert!(decision.actions.is_empty());
    assert_eq!(decision.next_review_at, Some(midnight(&s, "2026-03-24")));
}

#[test]
fn a_level_that_counts_from_the_day_of_issue_comes_on_its_day_though_courtesy_is_still_to_come() {
    let rules = rules(
        "step ahead 2 days before due { email template courtesy }",
        "level 1 first 10 days after issue { email template reminder }",
    );
    let mut s = Simulator::new(rules, "2026-03-01");
    invoice(&mut s);
    s.until("2026-04-30");
    assert_eq!(steps(&s), ["2026-03-11 first"], "and no courtesy after dunning");
}

#[test]
fn a_level_that_the_rules_lost_keeps_its_distance_to_the_next_one() {
    let before = rules(
        "",
        "level 1 first  1 day after due       { email template reminder }
         level 2 second 10 days after level 1 { email template reminder }
         level 3 third  5 days after level 2  { email template last }",
    );
    let mut s = Simulator::new(before, "2026-03-01");
    invoice(&mut s);
    s.until("2026-04-01");
    s.rulebook = rules(
        "",
        "level 1 first 1 day after due      { email template reminder }
         level 2 third 5 days after level 1 { email template last }",
    );
    s.until("2026-05-01");
    assert_eq!(
        steps(&s),
        ["2026-03-21 first", "2026-03-31 second", "2026-04-05 third"],
        "not the day after the second, which was said to the customer all the same"
    );
}

#[test]
fn a_level_that_was_done_in_part_keeps_its_distance_when_the_rules_move_on() {
    let before = rules(
        "",
        "level 1 first  1 day after due       { email template reminder }
         level 2 second 10 days after level 1 { email template reminder; call script script }",
    );
    let mut s = Simulator::new(before, "2026-03-01");
    invoice(&mut s);
    let decision = at_ten(&mut s, "2026-03-31");
    for action in &decision.actions {
        s.mark(action, ProgressState::Pending);
        let called = matches!(action.kind, ActionKind::Call { .. });
        // The mail left; nobody had made the call when the rules changed.
        s.mark(
            action,
            if called {
                ProgressState::Cancelled
            } else {
                ProgressState::Done
            },
        );
    }
    s.rulebook = rules(
        "",
        "level 1 second 1 day after due       { email template reminder; call script script }
         level 2 third  14 days after level 1 { email template last }",
    );
    s.until("2026-05-01");
    assert_eq!(
        steps(&s),
        ["2026-03-21 first", "2026-04-14 third"],
        "not the day after the mail of the second"
    );
}

#[test]
fn the_entry_level_keeps_its_distance_to_a_level_that_was_done_in_part() {
    let late = "level 1 first  1 day after due       { email template reminder }
                level 2 second 10 days after level 1 { email template reminder; call script script }";
    let entering = |levels: &str, at: &str| {
        let text = format!(
            "edition 2026
segments {{ all otherwise }}
scenario plain for all {{
  language fr
  send every day, 09:00 to 17:00, company time
  entry at level {at}
  dunning {{ {levels} }}
}}
"
        );
        rulebook(&text)
    };
    let mut s = Simulator::new(entering(late, "2"), "2026-05-01");
    invoice(&mut s);
    s.invoice_mut("F1").known_since = day("2026-05-01");
    let decision = at_ten(&mut s, "2026-05-01");
    for action in &decision.actions {
        s.mark(action, ProgressState::Pending);
        let called = matches!(action.kind, ActionKind::Call { .. });
        s.mark(
            action,
            if called {
                ProgressState::Cancelled
            } else {
                ProgressState::Done
            },
        );
    }
    let moved = "level 1 second 1 day after due       { email template reminder; call script script }
                 level 2 third  14 days after level 1 { email template last }";
    s.rulebook = entering(moved, "2");
    s.until("2026-06-01");
    assert_eq!(
        steps(&s),
        ["2026-05-15 third"],
        "two weeks after the mail of the second"
    );
}

#[test]
fn what_lies_with_a_person_stays_there_when_its_step_has_a_new_name() {
    let dunning = "level 1 first 3 days after due { call script script }";
    let mut s = Simulator::new(rules("", dunning), "2026-03-01");
    invoice(&mut s);
    let decision = at_ten(&mut s, "2026-03-23");
    let call = only(&decision).clone();
    s.mark(&call, ProgressState::Pending);
    s.rulebook = rules("", &dunning.replace("first", "ring was first"));
    assert_eq!(recheck(&s.rulebook, &s.facts, &call, s.now), Ok(()));
    s.pay("F1", 100);
    let off = recheck(&s.rulebook, &s.facts, &call, s.now).unwrap_err();
    assert!(matches!(off.reasons[0].kind, ReasonKind::Settled { .. }));
}

#[test]
fn a_level_counts_as_the_one_at_which_it_was_carried_out_and_not_at_which_it_was_tried() {
    let before = rules(
        "",
        "level 1 first  1 day after due       { email template reminder }
         level 2 second 10 days after level 1 { email template reminder }
         level 3 third  5 days after level 2  { email template last }",
    );
    let mut s = Simulator::new(before, "2026-03-01");
    invoice(&mut s);
    // At the third level it could not be sent; new rules make it the second, and so it leaves.
    let decision = at_ten(&mut s, "2026-04-05");
    let third = only(&decision).clone();
    s.mark(&third, ProgressState::Pending);
    s.mark(&third, ProgressState::Failed);
    s.rulebook = rules(
        "",
        "level 1 first 1 day after due       { email template reminder }
         level 2 third 10 days after level 1 { email template last }",
    );
    s.until("2026-04-20");
    assert_eq!(
        steps(&s),
        ["2026-03-21 first", "2026-03-31 second", "2026-04-10 third"]
    );
    // These know none of the names.
    s.rulebook = rules(
        "",
        "level 1 one   1 day after due       { email template reminder }
         level 2 two   14 days after level 1 { email template reminder }
         level 3 three 14 days after level 2 { email template reminder }
         level 4 four  14 days after level 3 { email template last }",
    );
    s.until("2026-04-30");
    assert_eq!(steps(&s).last().unwrap(), "2026-04-24 three");
}

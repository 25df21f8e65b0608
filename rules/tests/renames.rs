//! Names that changed: running cases keep their place.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::TimeDelta;
use relance_rules::decide;
use relance_rules::facts::ProgressState;
use simulator::{STANDARD, Simulator, rulebook};

/// An invoice whose first level was carried out under the rules of before; then the rules are exchanged.
fn after_a_change(rules: &str) -> relance_rules::decision::Decision {
    let mut s = Simulator::new(rulebook(STANDARD), "2026-03-13");
    s.invoice("F1", 100, "2026-03-10");
    s.now = s.midnight(s.today()) + TimeDelta::hours(10);
    let decision = decide(&s.rulebook, &s.facts, s.now);
    let [action] = decision.actions.as_slice() else {
        panic!("{decision:?}")
    };
    assert_eq!(action.step.step, "statement");
    let action = action.clone();
    s.mark(&action, ProgressState::Done);
    s.rulebook = rulebook(rules);
    s.now += TimeDelta::days(1);
    decide(&s.rulebook, &s.facts, s.now)
}

#[test]
fn a_step_with_a_new_name_keeps_what_was_done_under_the_old_one() {
    let rules = STANDARD.replace("level 1 statement \"Statement\"", "level 1 releve was statement");
    let decision = after_a_change(&rules);
    assert!(decision.actions.is_empty(), "{:?}", decision.actions);
    assert_eq!(decision.outlook[0].last_step.as_deref(), Some("releve"));
    assert_eq!(decision.outlook[0].next.as_ref().unwrap().level, Some(2));
}

#[test]
fn a_name_that_stands_for_another_step_now_is_not_an_old_one() {
    // Both levels: the old name of one is the name of the other.
    let rules = STANDARD.replace("level 2 reminder  \"Reminder\"", "level 2 reminder was statement");
    let decision = after_a_change(&rules);
    assert_eq!(decision.outlook[0].last_step.as_deref(), Some("statement"));
    assert_eq!(decision.outlook[0].last_level, Some(1));
}

#[test]
fn a_segment_chosen_by_hand_under_an_old_name_is_the_new_one() {
    let rules = STANDARD.replace(
        "segments {",
        "segments {\n  vip was old_vip when customer has tag \"never\"",
    );
    let mut s = Simulator::new(rulebook(&rules), "2026-03-13");
    s.facts.customer.segment = Some("old_vip".to_owned());
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert_eq!(decision.segment.unwrap().name, "vip");
}

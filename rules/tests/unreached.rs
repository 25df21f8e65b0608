//! What stands after `else`: messages that came back, that nobody opened, calls that nobody answered.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod played;

use played::outcomes as run;
use relance_rules::proof::Outcome;

/// Rules of which level 2 is the one that is tried.
fn rules(level_2: &str) -> String {
    format!(
        r#"
edition 2026
use std.france

segments {{ all "All" otherwise }}

medium whatsapp = webhook "gate"

scenario plain "Plain" for all {{
  language  fr
  send      on business days of france, 09:00 to 17:30, company time
  group     by customer
  hold      while disputed, promised, on plan

  dunning {{
    level 1 statement 3 days after due     {{ email template statement }}
    level 2 reminder  8 days after level 1 {{ {level_2} }}
    level 3 final     9 days after level 2 {{ letter template final }}
  }}
}}
"#
    )
}

/// Level 1 leaves on Monday 9 February, level 2 on Tuesday 17 February, level 3 on Thursday 26 February.
const F1: &str = "given invoice F1 { amount 12 000 EUR, issued 2026-01-05, due 2026-02-04 }\n";

fn play(level_2: &str, lines: &str) -> Outcome {
    let templates = ["statement", "reminder", "final", "nudge", "script"];
    let test = played::one_test(&format!("{F1}{lines}"));
    let rulebook = played::rulebook(&rules(level_2), &test, &templates, &["fr"]);
    run(&rulebook, None).remove(0)
}

#[track_caller]
fn passes(level_2: &str, lines: &str) {
    let outcome = play(level_2, lines);
    assert!(outcome.passed(), "{}", outcome.told());
}

const CHAIN: &str = "email template reminder
    else sms template nudge when bounced or not opened in 3 days
    else call script script assign collector";

#[test]
fn a_mail_that_nobody_opened_is_followed_by_what_stands_after_else() {
    passes(
        CHAIN,
        "expect level 2 of F1 on 2026-02-17
         expect nothing from 2026-02-18 to 2026-02-19
         expect 2026-02-20 sms template nudge because \"message not opened\"
         expect nothing from 2026-02-21 to 2026-02-25
         expect 2026-02-26 level 3 of F1",
    );
}

#[test]
fn a_mail_that_was_opened_is_followed_by_nothing() {
    passes(
        CHAIN,
        "on 2026-02-19 open F1
         expect level 2 of F1 on 2026-02-17
         expect nothing from 2026-02-18 to 2026-02-25
         expect 2026-02-26 level 3 of F1 on 2026-02-26",
    );
}

#[test]
fn an_opening_that_comes_too_late_changes_nothing() {
    passes(
        CHAIN,
        "on 2026-02-20 16:00 open F1
         expect 2026-02-20 sms template nudge",
    );
}

#[test]
fn what_came_back_takes_the_next_way_at_once_and_is_not_waited_for() {
    passes(
        CHAIN,
        "on 2026-02-17 10:00 bounce
         expect 2026-02-17 sms template nudge
         expect nothing from 2026-02-18 to 2026-02-25",
    );
}

#[test]
fn the_time_counts_from_the_moment_of_sending_and_in_the_days_that_are_written() {
    passes(
        "email template reminder else sms template nudge when not opened in 4 business days",
        "expect 2026-02-23 sms template nudge
         expect nothing from 2026-02-18 to 2026-02-22",
    );
    // Three days after Tuesday is Friday; after that the window is closed until Monday.
    passes(
        "email template reminder else sms template nudge when not opened in 5 days",
        "expect 2026-02-23 sms template nudge
         expect nothing from 2026-02-18 to 2026-02-22",
    );
}

#[test]
fn whoever_answers_was_reached() {
    for happening in [
        "on 2026-02-18 dispute F1 quality\non 2026-02-19 reject dispute F1",
        "on 2026-02-18 pay F1 500 EUR",
        "on 2026-02-18 pay F1",
        "on 2026-02-18 promise F1 until 2026-02-19",
    ] {
        passes(
            CHAIN,
            &format!("{happening}\nexpect nothing from 2026-02-18 to 2026-02-25"),
        );
    }
}

#[test]
fn a_block_by_hand_holds_it_back_and_its_end_lets_it_go() {
    passes(
        CHAIN,
        "on 2026-02-18 hold F1
         on 2026-02-24 release F1
         expect nothing from 2026-02-18 to 2026-02-23
         expect 2026-02-24 sms template nudge",
    );
}

#[test]
fn a_later_step_takes_its_place() {
    passes(
        "email template reminder else sms template nudge when not opened in 12 days",
        "expect 2026-02-26 level 3 of F1
         expect nothing from 2026-02-27 to 2026-03-20",
    );
}

#[test]
fn a_chain_goes_on_link_by_link_when_neither_was_opened() {
    passes(
        "email template reminder
           else whatsapp template nudge when not opened in 2 days
           else call script script when not opened in 2 days",
        "expect 2026-02-17 email template reminder
         expect 2026-02-19 whatsapp template nudge because \"message not opened\"
         expect 2026-02-23 call script script because \"message not opened\"",
    );
    passes(
        "email template reminder
           else whatsapp template nudge when not opened in 2 days
           else call script script when not opened in 2 days",
        "on 2026-02-20 open F1
         expect 2026-02-19 whatsapp template nudge
         expect nothing from 2026-02-20 to 2026-02-25",
    );
}

#[test]
fn a_second_way_that_comes_back_takes_the_third() {
    passes(
        "email template reminder
           else whatsapp template nudge when not opened in 2 days
           else call script script when bounced",
        "on 2026-02-19 10:00 bounce
         expect 2026-02-19 whatsapp template nudge
         expect 2026-02-19 call script script",
    );
}

#[test]
fn a_call_that_nobody_answered_is_followed_by_what_stands_after_else() {
    let chain = "email template reminder
       else call script script when not opened in 2 days
       else sms template nudge when no answer";
    passes(
        chain,
        "on 2026-02-19 call gives no_answer
         expect 2026-02-19 call script script
         expect 2026-02-19 sms template nudge because \"call: no answer\"",
    );
    passes(
        chain,
        "on 2026-02-19 call gives reached
         expect 2026-02-19 call script script
         expect nothing from 2026-02-20 to 2026-02-25",
    );
}

#[test]
fn what_follows_the_outcome_of_a_call_after_else_is_done_too() {
    let chain = "email template reminder
       else call script script when bounced
         on no_answer retry after 1 day, at most 1 time
         on reached   task look \"Look\" assign sales";
    // The words after `when` end what is said of the call: outcomes stand before them.
    let chain = chain.replace(" when bounced", "") + " when bounced";
    passes(
        &chain,
        "on 2026-02-17 10:00 bounce
         on 2026-02-17 call gives no_answer
         on 2026-02-18 call gives reached
         expect 2026-02-17 call script script
         expect 2026-02-18 call script script
         expect 2026-02-18 task look because \"call: reached\"",
    );
}

#[test]
fn a_call_is_made_again_before_what_stands_after_else() {
    passes(
        "email template reminder
           else call script script on no_answer retry after 1 day, at most 1 time when not opened in 2 days
           else sms template nudge",
        "on 2026-02-19 call gives no_answer
         on 2026-02-20 call gives no_answer
         expect 2026-02-19 call script script
         expect 2026-02-20 call script script
         expect 2026-02-20 sms template nudge because \"call: no answer\"",
    );
}

#[test]
fn of_a_text_message_that_a_person_sends_nobody_knows_whether_it_was_opened() {
    // That a person sends a text message is known; whether it was opened is not, and not known is not unopened.
    passes(
        "sms template nudge else call script script when not opened in 2 days",
        "expect 2026-02-17 sms template nudge
         expect nothing from 2026-02-18 to 2026-02-25",
    );
}

#[test]
fn two_invoices_in_one_mail_are_followed_by_one_message() {
    let outcome = play(
        CHAIN,
        "given invoice F2 { amount 500 EUR, issued 2026-01-05, due 2026-02-04 }
         expect 2026-02-20 sms template nudge",
    );
    assert!(outcome.passed(), "{}", outcome.told());
    let nudges = outcome
        .timeline
        .iter()
        .filter(|l| l.contains("sms") && !l.starts_with('>'))
        .count();
    assert_eq!(nudges, 1, "{:#?}", outcome.timeline);
}

#[test]
fn a_message_that_has_not_left_cannot_be_opened() {
    let told = play(CHAIN, "on 2026-01-20 open F1\nexpect level 2").told();
    assert!(told.contains("No message about F1 has left then."), "{told}");
}

#[test]
fn the_same_is_said_in_french() {
    let rules = rules(CHAIN);
    let test = "édition 2026\ntest \"ouverture\" {
      soit facture F1 { montant 12 000 EUR, émise 2026-01-05, échéance 2026-02-04 }
      le 2026-02-18 ouvrir F1
      attendre rien du 2026-02-18 au 2026-02-25
    }\n";
    let templates = ["statement", "reminder", "final", "nudge", "script"];
    let rulebook = played::rulebook(&rules, test, &templates, &["fr"]);
    let outcome = run(&rulebook, None).remove(0);
    assert!(outcome.passed(), "{}", outcome.told());
}

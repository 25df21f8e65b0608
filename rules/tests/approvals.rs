//! Approvals: asked for, given, refused, and not answered. Silence never sends anything.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod played;

use played::outcomes;
use relance_rules::proof::Outcome;

/// A last letter that somebody has to agree to, in so much time.
fn rules(within: &str) -> String {
    format!(
        "edition 2026
use std.france
segments {{ everybody otherwise }}
scenario standard \"Standard\" for everybody {{
  language en
  send     on business days of france, 09:00 to 17:30, company time
  hold     while disputed
  dunning {{
    level 1 notice \"Notice\" 3 days after due {{
      letter template notice
      approve by credit_manager{within}
    }}
    level 2 last \"Last\" 10 days after level 1 {{ email template notice }}
  }}
}}
"
    )
}

fn played(within: &str, test: &str) -> Vec<Outcome> {
    let rulebook = played::rulebook(&rules(within), test, &["notice"], &["en"]);
    outcomes(&rulebook, None)
}

#[track_caller]
fn passes(within: &str, lines: &str) {
    let test = format!(
        "edition 2026\ntest \"it\" {{\n  given invoice F1 {{ amount 1 000 EUR, due 2026-02-27 }}\n{lines}\n}}\n"
    );
    for outcome in played(within, &test) {
        assert!(
            outcome.passed(),
            "{}\n{}",
            outcome.told(),
            outcome.timeline.join("\n")
        );
    }
}

const FIVE: &str = " within 5 business days";

#[test]
fn what_is_approved_in_time_is_sent() {
    passes(
        FIVE,
        "on 2026-03-09 approve F1
         expect timeline to 2026-03-12 {
           \"2026-03-02 approval by credit manager, until 2026-03-09: F1 level 1\"
           \"2026-03-09 letter notice in en, courteous, by collector, until 2026-03-09: F1 level 1\"
         }",
    );
}

#[test]
fn what_is_refused_is_not_sent_and_asked_for_again_after_thirty_days() {
    passes(
        FIVE,
        "on 2026-03-04 refuse F1
         expect timeline to 2026-04-03 {
           \"2026-03-02 approval by credit manager, until 2026-03-09: F1 level 1\"
           \"2026-04-03 approval by credit manager, until 2026-04-13: F1 level 1\"
         }",
    );
}

#[test]
fn what_nobody_answers_expires_and_is_never_sent_by_silence() {
    passes(
        FIVE,
        "expect timeline to 2026-12-31 {
           \"2026-03-02 approval by credit manager, until 2026-03-09: F1 level 1\"
           \"2026-03-10 task expired_approval by cfo, until 2026-03-10: F1 level 1\"
         }
         expect task expired_approval on 2026-03-10
         expect nothing from 2026-03-11 to 2026-12-31",
    );
}

#[test]
fn an_approval_without_a_time_expires_after_ten_business_days() {
    passes(
        "",
        "expect approval on 2026-03-02
         expect nothing from 2026-03-03 to 2026-03-16
         expect task expired_approval on 2026-03-17
         expect nothing from 2026-03-18 to 2026-12-31",
    );
}

#[test]
fn what_expired_is_asked_for_again_on_a_persons_word_and_expires_again() {
    passes(
        FIVE,
        "on 2026-03-12 ask again F1
         expect timeline to 2026-12-31 {
           \"2026-03-02 approval by credit manager, until 2026-03-09: F1 level 1\"
           \"2026-03-10 task expired_approval by cfo, until 2026-03-10: F1 level 1\"
           \"2026-03-12 approval by credit manager, until 2026-03-19: F1 level 1\"
           \"2026-03-20 task expired_approval by cfo, until 2026-03-20: F1 level 1\"
         }",
    );
}

#[test]
fn what_expired_can_be_approved_late_or_refused_after_all() {
    passes(
        FIVE,
        "on 2026-03-12 approve F1
         expect letter on 2026-03-12
         expect level 2 of F1 on 2026-03-23",
    );
    passes(
        FIVE,
        "on 2026-03-12 refuse F1
         expect nothing from 2026-03-12 to 2026-04-10
         expect approval on 2026-04-13",
    );
}

#[test]
fn facts_are_read_again_when_it_is_approved_late() {
    // Paid meanwhile: nothing is left to agree to.
    passes(
        FIVE,
        "on 2026-03-11 pay F1
         expect nothing from 2026-03-11 to 2026-12-31",
    );
    // Disputed meanwhile: what expired is called off, and asked for anew once the dispute is settled.
    passes(
        FIVE,
        "on 2026-03-11 dispute F1
         on 2026-03-16 reject dispute F1
         expect nothing from 2026-03-11 to 2026-03-15
         expect approval on 2026-03-16",
    );
}

#[test]
fn nothing_can_be_asked_for_again_that_has_not_expired() {
    let test = "edition 2026\ntest \"it\" {
        given invoice F1 { amount 1 000 EUR, due 2026-02-27 }
        on 2026-03-05 ask again F1
        expect approval on 2026-03-02
    }\n";
    let [outcome] = played(FIVE, test).try_into().unwrap();
    assert!(
        outcome.told().contains("No approval for F1 has expired then."),
        "{}",
        outcome.told()
    );
}

#[test]
fn it_can_be_said_in_french() {
    let test = "édition 2026
test \"une validation expirée\" {
  soit facture F1 { montant 1 000 EUR, échéance 2026-02-27 }
  le 2026-03-12 redemander F1
  attendre tâche expired_approval le 2026-03-10
  attendre validation le 2026-03-12
  attendre déroulé au 2026-03-10 {
    \"2026-03-02 validation par responsable crédit, d'ici au 2026-03-09 : F1 niveau 1\"
    \"2026-03-10 tâche expired_approval par direction financière, d'ici au 2026-03-10 : F1 niveau 1\"
  }
}
";
    let [outcome] = played(FIVE, test).try_into().unwrap();
    assert!(outcome.passed(), "{}", outcome.told());
}

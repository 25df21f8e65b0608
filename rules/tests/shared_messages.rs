//! With whom an invoice shares a message: `group by` a fact of the invoice; and acts that have a condition of their own.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod played;
#[path = "simulator/mod.rs"]
mod simulator;

use chrono::TimeDelta;
use relance_rules::decision::{Action, Decision};
use relance_rules::dsl::lang::Lang;
use relance_rules::facts::ProgressState;
use relance_rules::ids::InvoiceId;
use relance_rules::reason::ReasonKind;
use relance_rules::words::{self, Language};
use relance_rules::{decide, recheck};
use simulator::{STANDARD, Simulator, rulebook};

fn morning(s: &mut Simulator) -> Decision {
    s.now = s.midnight(s.today()) + TimeDelta::hours(10);
    decide(&s.rulebook, &s.facts, s.now)
}

/// The standard rules with another grouping, and the field of contracts.
fn by(grouping: &str) -> String {
    STANDARD
        .replace("group     by customer", &format!("group by {grouping}"))
        .replace("limit     1 message per 5 days", "")
        .replace(
            "segments {",
            "fields { invoice.custom.contract text \"Contract\" }\nsegments {",
        )
}

/// Which invoices share each message.
fn shared(decision: &Decision) -> Vec<Vec<i64>> {
    let of = |action: &Action| action.items.iter().map(|i| i.invoice.0).collect();
    let mut all: Vec<Vec<i64>> = decision.actions.iter().map(of).collect();
    all.sort();
    all
}

/// Five invoices that are due for their first reminder; of contract A, A, B, and two of none.
fn contracts(rules: &str) -> Simulator {
    let mut s = Simulator::new(rulebook(rules), "2026-03-16");
    for (n, contract) in (1..).zip(["A", "A", "B", "", ""]) {
        s.invoice(&format!("F{n}"), 100, "2026-03-10");
        let custom = &mut s.facts.invoices.last_mut().unwrap().custom;
        if !contract.is_empty() {
            custom.insert("contract".into(), contract.into());
        }
    }
    s
}

#[test]
fn invoices_of_one_contract_share_a_message_and_those_of_none_share_another() {
    let mut s = contracts(&by("invoice.custom.contract"));
    let ids: Vec<i64> = s.facts.invoices.iter().map(|i| i.id.0).collect();
    let decision = morning(&mut s);
    let [a1, a2, b, none1, none2] = ids.as_slice() else {
        panic!("{ids:?}")
    };
    assert_eq!(
        shared(&decision),
        [vec![*a1, *a2], vec![*b], vec![*none1, *none2]]
    );
    // And says why.
    let first = decision.actions.iter().find(|a| a.items.len() == 2).unwrap();
    let grouped = first
        .reasons
        .iter()
        .find(|r| matches!(r.kind, ReasonKind::Grouped { .. }));
    let said = words::reason(grouped.unwrap(), chrono_tz::Europe::Paris, Language::En);
    assert!(said.contains("2 invoices"), "{said}");
    assert_eq!(grouped.unwrap().facts[0].fact, "invoice.custom.contract");
}

#[test]
fn what_was_grouped_is_not_sent_again() {
    let mut s = contracts(&by("invoice.custom.contract"));
    for action in morning(&mut s).actions {
        s.mark(&action, ProgressState::Done);
    }
    assert_eq!(morning(&mut s).actions.len(), 0);
}

#[test]
fn one_message_for_each_currency() {
    let mut s = Simulator::new(rulebook(&by("invoice.currency")), "2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    s.invoice("F2", 100, "2026-03-10");
    let dollars = relance_rules::dsl::money::Currency::new("USD").unwrap();
    let invoice = s.facts.invoices.last_mut().unwrap();
    invoice.amount.currency = dollars;
    invoice.balance.currency = dollars;
    assert_eq!(morning(&mut s).actions.len(), 2);
}

/// The limit protects whoever gets the messages, so groups count like any other message.
#[test]
fn the_limit_counts_the_messages_of_all_groups_of_an_account() {
    let rules = by("invoice.custom.contract").replace("entry     at level 1", "limit 1 message per 5 days");
    let mut s = contracts(&rules);
    let decision = morning(&mut s);
    assert_eq!(decision.actions.len(), 1, "{:?}", shared(&decision));
    assert!(decision.outlook.iter().any(|o| {
        o.reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::MessageLimit { .. }))
    }));
}

/// Rules whose third level has a mail to everybody and a call to those who owe much.
fn with_a_conditional_call() -> String {
    STANDARD.replace(
        "{ email template statement }",
        "{ email template statement; call script script assign collector within 2 days when account.overdue >= 1 000 EUR }",
    )
}

#[test]
fn a_small_debtor_gets_the_mail_and_no_call_and_goes_on() {
    let mut s = Simulator::new(rulebook(&with_a_conditional_call()), "2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    let decision = morning(&mut s);
    assert_eq!(decision.actions.len(), 1);
    let mail = &decision.actions[0];
    assert!(
        mail.reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::ActLeftOut { .. }))
    );
    s.mark(mail, ProgressState::Done);
    // What was left out is not made up for, even when its condition holds later.
    s.invoice("F2", 5_000, "2026-03-16");
    s.now += TimeDelta::days(8);
    let later = morning(&mut s);
    let of_first = InvoiceId(mail.items[0].invoice.0);
    let next = later
        .actions
        .iter()
        .flat_map(|a| &a.items)
        .find(|i| i.invoice == of_first);
    assert_eq!(next.map(|i| i.step.as_str()), Some("reminder"), "{later:?}");
}

#[test]
fn a_large_debtor_gets_both_and_the_call_is_called_off_when_he_owes_less() {
    let mut s = Simulator::new(rulebook(&with_a_conditional_call()), "2026-03-16");
    s.invoice("F1", 900, "2026-03-10");
    s.invoice("F2", 900, "2026-03-10");
    let decision = morning(&mut s);
    assert_eq!(decision.actions.len(), 2);
    for action in &decision.actions {
        s.mark(action, ProgressState::Pending);
    }
    let [mail, call] = decision.actions.as_slice() else {
        panic!()
    };
    assert_eq!(recheck(&s.rulebook, &s.facts, call, s.now), Ok(()));
    for invoice in &mut s.facts.invoices {
        invoice.balance = simulator::euro(400);
    }
    assert!(recheck(&s.rulebook, &s.facts, call, s.now).is_err());
    assert_eq!(recheck(&s.rulebook, &s.facts, mail, s.now), Ok(()));
}

#[test]
fn what_was_called_off_because_its_condition_ended_does_not_keep_the_next_level_from_coming() {
    let mut s = Simulator::new(rulebook(&with_a_conditional_call()), "2026-03-16");
    s.invoice("F1", 900, "2026-03-10");
    s.invoice("F2", 900, "2026-03-10");
    let decision = morning(&mut s);
    let [mail, call] = decision.actions.as_slice() else {
        panic!()
    };
    s.mark(mail, ProgressState::Done);
    for invoice in &mut s.facts.invoices {
        invoice.balance = simulator::euro(400);
    }
    s.mark(call, ProgressState::Cancelled);
    s.now += TimeDelta::days(8);
    let later = morning(&mut s);
    let steps: Vec<&str> = later
        .actions
        .iter()
        .flat_map(|a| &a.items)
        .map(|i| i.step.as_str())
        .collect();
    assert_eq!(steps, ["reminder", "reminder"], "{later:?}");
}

#[test]
fn a_step_of_which_nothing_is_left_waits() {
    let rules = STANDARD.replace(
        "{ email template statement }",
        "{ email template statement when account.overdue >= 1 000 EUR }",
    );
    let mut s = Simulator::new(rulebook(&rules), "2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    let decision = morning(&mut s);
    assert_eq!(decision.actions.len(), 0);
    let reasons = &decision.outlook[0].reasons;
    assert!(
        reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::ActLeftOut { .. })),
        "{reasons:?}"
    );
    assert!(decision.next_review_at.is_some(), "time changes what is overdue");
}

#[test]
fn an_approval_is_asked_for_only_when_its_condition_holds() {
    let rules = STANDARD.replace(
        "{ email template statement }",
        "{ approve by cfo when account.overdue >= 1 000 EUR; email template statement }",
    );
    let decided = |amount| {
        let mut s = Simulator::new(rulebook(&rules), "2026-03-16");
        s.invoice("F1", amount, "2026-03-10");
        let decision = morning(&mut s);
        let kinds: Vec<_> = decision.actions.iter().map(|a| a.kind.work().unwrap()).collect();
        format!("{kinds:?}")
    };
    assert_eq!(decided(100), "[Message]");
    assert_eq!(decided(1_000), "[Approval]");
}

/// Tests in the language over these rules.
const PLAYED: &str = r#"
edition 2026
use std.france
fields { invoice.custom.contract text "Contract" }
segments { everyone otherwise }
charges house { late_interest 10 % recovery_fee 40 EUR }
scenario s for everyone {
  language fr
  send on business days of france, 09:00 to 17:30, company time
  group by invoice.custom.contract
  dunning {
    level 1 statement 3 days after due when account.overdue >= 50 EUR { email template statement }
    level 2 notice 8 days after level 1 {
      letter template last
      charge late_interest, recovery_fee of house
    }
    then after 5 days { hand over to legal }
  }
}
"#;

#[track_caller]
fn told(lines: &str, lang: Option<Lang>) -> (bool, String) {
    let rulebook = played::rulebook(PLAYED, &played::one_test(lines), &["statement", "last"], &["fr"]);
    let outcome = played::outcomes(&rulebook, lang).remove(0);
    (outcome.passed(), outcome.told())
}

#[track_caller]
fn passes(lines: &str) {
    let (passed, told) = told(lines, None);
    assert!(passed, "{told}");
}

const THREE: &str = "given invoice F1 { amount 1 000 EUR, due 2026-02-04, custom.contract \"A\" }
     given invoice F2 { amount 500 EUR, due 2026-02-04, custom.contract \"A\" }
     given invoice F3 { amount 100 EUR, due 2026-02-04, custom.contract \"B\" }\n";

#[test]
fn tests_say_which_invoices_share_a_message() {
    passes(&format!(
        "{THREE} expect email template statement of F1 and F2 alone on 2026-02-09
         expect 2026-02-09 email of F3 alone
         expect level 1 of F1, F2 on 2026-02-09 because \"invoice.custom.contract = A\""
    ));
    let (passed, said) = told(
        &format!(
            "{THREE} expect email of F1 alone on 2026-02-09
             expect email of F1 and F3 on 2026-02-09"
        ),
        None,
    );
    assert!(!passed);
    insta::assert_snapshot!("not_that_group", said);
    let (_, said) = told(
        &format!("{THREE} expect email of F1 alone on 2026-02-09"),
        Some(Lang::French),
    );
    assert!(said.contains("pas seule : avec F2"), "{said}");
}

#[test]
fn tests_expect_what_is_charged() {
    // 13 days from 5 to 17 February at 10 %: 1 000 x 0.10 x 13 / 365.
    let one = "given invoice F1 { amount 1 000 EUR, due 2026-02-04 }\n";
    passes(&format!(
        "{one} expect late_interest 3.56 EUR of F1 on 2026-02-17
         expect recovery_fee 40 EUR of F1
         expect late_interest 0 EUR on 2026-02-09"
    ));
    let (passed, said) = told(
        &format!(
            "{one} expect late_interest 3.50 EUR of F1 on 2026-02-17
             expect late_interest 3.56 EUR of F1 on 2026-02-09
             expect recovery_fee 80 EUR"
        ),
        None,
    );
    assert!(!passed);
    insta::assert_snapshot!("not_that_much", said);
}

#[test]
fn the_last_step_is_expected_by_its_name_and_as_what_it_is() {
    passes(&format!(
        "{THREE} expect step then of F1
         expect hand over to legal of F1 and F2"
    ));
}

#[test]
fn rates_are_given_with_their_days() {
    let dollars = "given invoice F1 { amount 100 USD, due 2026-02-04 }\n";
    passes(&format!("{dollars} expect nothing of F1"));
    passes(&format!(
        "given rate USD 0.40 from 2026-01-01\ngiven rate USD 0.60 from 2026-02-20\n{dollars} expect level 1 of F1 on 2026-02-20"
    ));
    passes(&format!(
        "given rate USD 0.60\n{dollars} expect level 1 of F1 on 2026-02-09"
    ));
}

#[test]
fn the_time_zone_of_company_and_customer_is_given() {
    let customer = PLAYED.replace("company time", "customer time");
    let lines = "given company { time_zone Europe/Berlin }
         given customer { time_zone \"America/New_York\" }
         given invoice F1 { amount 1 000 EUR, due 2026-02-04 }
         on 2026-02-09 14:00 pay F1
         expect nothing of F1";
    // At 14:00 in Berlin nobody works in New York yet.
    let rulebook = played::rulebook(
        &customer,
        &played::one_test(lines),
        &["statement", "last"],
        &["fr"],
    );
    let outcome = played::outcomes(&rulebook, None).remove(0);
    assert!(outcome.passed(), "{}", outcome.told());
    let here = lines.replace("given customer { time_zone \"America/New_York\" }", "");
    let rulebook = played::rulebook(
        &customer,
        &played::one_test(&here),
        &["statement", "last"],
        &["fr"],
    );
    assert!(!played::outcomes(&rulebook, None).remove(0).passed());
}

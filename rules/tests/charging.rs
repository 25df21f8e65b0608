//! Steps that charge: claims in decisions, before sending, and when a rate is missing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::TimeDelta;
use relance_rules::decision::{Action, ActionKind, Decision};
use relance_rules::dsl::money::{Currency, Money};
use relance_rules::facts::{CustomerKind, ProgressState, SettledBy, Settlement};
use relance_rules::reason::{Reason, ReasonKind};
use relance_rules::words::{self, Language};
use relance_rules::{decide, recheck, restated};
use rust_decimal::Decimal;
use simulator::{STANDARD, Simulator, day, euro, rulebook};

/// The standard scenario with a level 1 that does this, 30 days after the due date, and tables of charges.
fn charging(acts: &str) -> String {
    let rules = STANDARD.replace(
        "level 1 statement \"Statement\" 3 days after due     { email template statement }",
        &format!("level 1 statement \"Statement\" 30 days after due {{ {acts} }}"),
    );
    format!(
        "{rules}
         charges house \"Our terms\" {{
           late_interest from 2025-07-01 12.15 %
           late_interest from 2026-01-01 12 %
           recovery_fee 40 EUR
         }}"
    )
}

/// An invoice of 1000 EUR, due on 2026-01-31, on the day of level 1: Monday, 2026-03-02, at ten.
fn on_the_day(acts: &str) -> Simulator {
    let mut s = Simulator::new(rulebook(&charging(acts)), "2026-01-02");
    s.invoice("F1", 1000, "2026-01-31");
    s.now = s.midnight(day("2026-03-02")) + TimeDelta::hours(10);
    s
}

fn look(s: &Simulator) -> Decision {
    decide(&s.rulebook, &s.facts, s.now)
}

fn only(decision: Decision) -> Action {
    let [action] = decision.actions.try_into().unwrap();
    action
}

fn money(text: &str) -> Money {
    Money::new(text.parse().unwrap(), Currency::EUR)
}

fn settle(s: &mut Simulator, number: &str, amount: i64, by: SettledBy) {
    let on = s.today();
    let invoice = s.invoice_mut(number);
    invoice.balance.amount -= Decimal::from(amount);
    invoice.settlements.push(Settlement {
        on,
        amount: euro(amount),
        by,
    });
}

fn told(reasons: &[Reason], language: Language) -> Vec<String> {
    let charges = |reason: &&Reason| {
        matches!(
            reason.kind,
            ReasonKind::InterestOwed { .. }
                | ReasonKind::FeeOwed { .. }
                | ReasonKind::ConsumerNotCharged { .. }
                | ReasonKind::InterestRateMissing { .. }
        )
    };
    reasons
        .iter()
        .filter(charges)
        .map(|reason| words::reason(reason, chrono_tz::UTC, language))
        .collect()
}

const NOTICE: &str = "email template statement; charge late_interest, recovery_fee of house";

#[test]
fn a_step_that_charges_names_the_whole_claim_of_each_invoice_and_says_how_it_was_computed() {
    let s = on_the_day(NOTICE);
    let decision = look(&s);
    let outlook = decision.outlook[0].reasons.clone();
    let notice = only(decision);
    let claim = notice.items[0].claim.clone().unwrap();
    // 28 days of February and 2 of March: 12 000 x 30 / 36 500 = 9.863.
    assert_eq!(claim.totals(), [money("49.86")]);
    insta::assert_snapshot!(told(&notice.reasons, Language::En).join("\n"), @r"
    Interest on F1 from 1 February 2026 to 2 March 2026: EUR 1,000.00 x 12 % x 30 days / 365 = EUR 9.86
    Recovery fee for F1: EUR 40.00
    ");
    insta::assert_snapshot!(told(&outlook, Language::Fr).join("\n").replace(['\u{a0}', '\u{202f}'], " "), @r"
    Intérêts sur F1 du 1er février 2026 au 2 mars 2026 : 1 000,00 € x 12 % x 30 jours / 365 = 9,86 €
    Indemnité de recouvrement pour F1 : 40,00 €
    ");
    let kept: Action = serde_json::from_value(serde_json::to_value(&notice).unwrap()).unwrap();
    assert_eq!(kept, notice, "a claim survives being stored");
}

#[test]
fn a_step_without_charge_names_none() {
    let s = on_the_day("email template statement");
    let notice = only(look(&s));
    assert_eq!(notice.items[0].claim, None);
    assert_eq!(told(&notice.reasons, Language::En), [""; 0]);
}

#[test]
fn the_step_is_carried_out_though_charging_is_no_work_of_its_own() {
    let mut s = on_the_day(NOTICE);
    let notice = only(look(&s));
    s.mark(&notice, ProgressState::Done);
    s.now += TimeDelta::days(8);
    assert_eq!(only(look(&s)).step.step, "reminder");
}

#[test]
fn whoever_approves_sees_the_claim_that_the_letter_will_name() {
    let acts = "approve by cfo; registered letter template statement; charge late_interest of house";
    let mut s = on_the_day(acts);
    let asked = only(look(&s));
    assert!(matches!(asked.kind, ActionKind::Approval { .. }));
    assert_eq!(asked.items[0].claim.as_ref().unwrap().totals(), [money("9.86")]);
    s.mark(&asked, ProgressState::Done);
    s.now += TimeDelta::days(1);
    let letter = only(look(&s));
    assert!(matches!(letter.kind, ActionKind::ByHand { .. }));
    // A day more: 12 000 x 31 / 36 500 = 10.1918.
    assert_eq!(letter.items[0].claim.as_ref().unwrap().totals(), [money("10.19")]);
}

#[test]
fn a_payment_that_comes_before_the_message_leaves_changes_its_lines() {
    let mut s = on_the_day(NOTICE);
    let decided = only(look(&s));
    s.mark(&decided, ProgressState::Pending);
    let before = restated(&s.rulebook, &s.facts, &decided, s.now);
    assert_eq!(before, decided, "nothing has changed");
    s.now += TimeDelta::days(1);
    settle(&mut s, "F1", 600, SettledBy::Payment);
    assert_eq!(recheck(&s.rulebook, &s.facts, &decided, s.now), Ok(()));
    // The money came today: today is the last day with the whole balance. 12 000 x 31 / 36 500 = 10.1918.
    let claim = restated(&s.rulebook, &s.facts, &decided, s.now).items[0]
        .claim
        .clone()
        .unwrap();
    assert_eq!(claim.totals(), [money("50.19")]);
    s.now += TimeDelta::days(1);
    // And a day with 400: 4 800 / 36 500 = 0.1315.
    let claim = restated(&s.rulebook, &s.facts, &decided, s.now).items[0]
        .claim
        .clone()
        .unwrap();
    assert_eq!(claim.lines.len(), 2);
    assert_eq!(claim.totals(), [money("50.32")]);
}

#[test]
fn a_step_and_a_scenario_that_are_renamed_before_the_message_leaves_charge_all_the_same() {
    let mut s = on_the_day(NOTICE);
    let decided = only(look(&s));
    s.mark(&decided, ProgressState::Pending);
    let renamed = charging(NOTICE)
        .replace(
            "level 1 statement \"Statement\"",
            "level 1 account \"Statement\" was statement",
        )
        .replace(
            "scenario standard \"Standard\"",
            "scenario usual \"Standard\" was standard",
        );
    s.rulebook = rulebook(&renamed);
    assert_eq!(recheck(&s.rulebook, &s.facts, &decided, s.now), Ok(()));
    let stated = restated(&s.rulebook, &s.facts, &decided, s.now);
    assert_eq!(stated, decided, "the claim is the same");
}

#[test]
fn the_answer_to_an_event_claims_to_the_last_moment() {
    let answer = "on paid { email template statement; charge late_interest of house }\n  thanks {";
    let rules = charging("email template statement").replace("thanks {", answer);
    let mut s = Simulator::new(rulebook(&rules), "2026-01-02");
    s.invoice("F1", 1000, "2026-01-31");
    s.now = s.midnight(day("2026-02-10")) + TimeDelta::hours(10);
    s.pay("F1", 1000);
    let on = s.today();
    s.invoice_mut("F1").settlements.push(Settlement {
        on,
        amount: euro(1000),
        by: SettledBy::Payment,
    });
    let actions = look(&s).actions;
    let decided = actions.iter().find(|a| a.items[0].claim.is_some()).unwrap();
    // 12 000 x 10 / 36 500 = 3.2877.
    assert_eq!(decided.items[0].claim.as_ref().unwrap().totals(), [money("3.29")]);
    s.mark(decided, ProgressState::Pending);
    assert_eq!(recheck(&s.rulebook, &s.facts, decided, s.now), Ok(()));
    assert_eq!(&restated(&s.rulebook, &s.facts, decided, s.now), decided);
}

#[test]
fn a_credit_note_lowers_the_claim_from_the_first_day() {
    let mut s = on_the_day(NOTICE);
    settle(&mut s, "F1", 500, SettledBy::CreditNote);
    let claim = only(look(&s)).items[0].claim.clone().unwrap();
    // 6 000 x 30 / 36 500 = 4.9315.
    assert_eq!(claim.totals(), [money("44.93")]);
}

#[test]
fn a_rate_that_nobody_entered_stops_the_step_and_nothing_else() {
    let mut s = Simulator::new(rulebook(&charging(NOTICE)), "2026-05-01");
    s.invoice("F1", 1000, "2026-06-10");
    s.invoice("F2", 2000, "2026-07-17");
    s.now = s.midnight(day("2026-07-10")) + TimeDelta::hours(10);
    let decision = look(&s);
    assert_eq!(
        only(decision.clone()).step.step,
        "ahead",
        "the courtesy step of F2 goes out"
    );
    assert_eq!(decision.outlook[0].next.as_ref().unwrap().step, "statement");
    let why = told(&decision.outlook[0].reasons, Language::En);
    assert_eq!(
        why,
        [
            "“Statement” waits: nobody entered the rate of interest of “Our terms” for the second half of 2026; write it into the \
             table, or into one of your own where this one is the library's, from 1 July 2026 on"
        ]
    );
    assert_eq!(
        told(&decision.attention, Language::En),
        why,
        "a person is asked once for it"
    );
    let french = told(&decision.attention, Language::Fr)
        .join("")
        .replace('\u{a0}', " ");
    assert_eq!(
        french,
        "L'étape « Statement » attend : personne n'a saisi le taux d'intérêt de « Our terms » pour le second semestre 2026 ; \
         ajoutez-le à la table, ou à une table à vous si celle-ci vient de la bibliothèque, à partir du 1er juillet 2026"
    );
    // Once it is entered, the step goes out.
    let entered = charging(NOTICE).replace(
        "recovery_fee 40",
        "late_interest from 2026-07-01 11.75 % recovery_fee 40",
    );
    s.rulebook = rulebook(&entered);
    assert!(
        look(&s)
            .actions
            .iter()
            .any(|action| action.step.step == "statement")
    );
}

#[test]
fn what_was_decided_is_called_off_when_its_rate_runs_out_before_it_leaves() {
    let mut s = Simulator::new(rulebook(&charging(NOTICE)), "2026-05-01");
    s.invoice("F1", 1000, "2026-05-29");
    s.now = s.midnight(day("2026-06-30")) + TimeDelta::hours(17);
    let decided = only(look(&s));
    s.mark(&decided, ProgressState::Pending);
    assert_eq!(recheck(&s.rulebook, &s.facts, &decided, s.now), Ok(()));
    s.now += TimeDelta::hours(17);
    let off = recheck(&s.rulebook, &s.facts, &decided, s.now).unwrap_err();
    assert_eq!(told(&off.reasons, Language::En).len(), 1, "{off:?}");
}

#[test]
fn a_consumer_is_written_to_and_charged_nothing() {
    let mut s = on_the_day(NOTICE);
    s.facts.customer.kind = CustomerKind::Consumer;
    let decision = look(&s);
    assert_eq!(decision.attention, []);
    assert_eq!(
        told(&decision.outlook[0].reasons, Language::En),
        ["Nothing is charged for F1: the customer is a consumer"]
    );
    assert_eq!(only(decision).items[0].claim, None);
}

#[test]
fn invoices_that_share_a_notice_have_a_claim_each() {
    let mut s = on_the_day(NOTICE);
    s.invoice("F2", 500, "2026-01-31");
    let notice = only(look(&s));
    let claims: Vec<_> = notice
        .items
        .iter()
        .map(|item| item.claim.as_ref().unwrap().totals())
        .collect();
    // 6 000 x 30 / 36 500 = 4.9315.
    assert_eq!(claims, [[money("49.86")], [money("44.93")]]);
    assert_eq!(told(&notice.reasons, Language::En).len(), 4);
}

#[test]
fn a_credit_note_of_the_whole_calls_the_notice_off_in_the_last_moment() {
    let mut s = on_the_day(NOTICE);
    let decided = only(look(&s));
    s.mark(&decided, ProgressState::Pending);
    settle(&mut s, "F1", 1000, SettledBy::CreditNote);
    let off = recheck(&s.rulebook, &s.facts, &decided, s.now).unwrap_err();
    assert!(
        matches!(off.reasons[0].kind, ReasonKind::Settled { .. }),
        "{:?}",
        off.reasons
    );
}

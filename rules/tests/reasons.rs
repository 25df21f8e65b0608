//! Reasons: each goes back to the line that says so, and none grows with the facts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::TimeDelta;
use relance_rules::decide;
use relance_rules::decision::Decision;
use relance_rules::dsl::money::Money;
use relance_rules::facts::{HoldKind, HoldSpan, Reach, SentMessage, SettledBy, Settlement};
use relance_rules::reason::{Reason, ReasonKind};
use rust_decimal::Decimal;
use simulator::{STANDARD, Simulator, day, euro, rulebook};

fn at_hour(s: &mut Simulator, hours: i64) -> Decision {
    s.now = s.midnight(s.today()) + TimeDelta::hours(hours);
    decide(&s.rulebook, &s.facts, s.now)
}

fn all(decision: &Decision) -> impl Iterator<Item = &Reason> {
    let actions = decision.actions.iter().flat_map(|action| &action.reasons);
    let outlook = decision.outlook.iter().flat_map(|outlook| &outlook.reasons);
    decision.reasons.iter().chain(actions).chain(outlook)
}

/// The line that the first reason of a kind goes back to.
fn line(decision: &Decision, is: impl Fn(&ReasonKind) -> bool) -> String {
    let reason = all(decision).find(|reason| is(&reason.kind));
    let reason = reason.unwrap_or_else(|| panic!("no such reason in {decision:#?}"));
    let source = reason
        .source
        .as_ref()
        .unwrap_or_else(|| panic!("no line: {reason:?}"));
    assert_eq!(source.file, "rules.relance");
    source.text.split_whitespace().collect::<Vec<_>>().join(" ")
}

macro_rules! is {
    ($kind:ident) => {
        |kind: &ReasonKind| matches!(kind, ReasonKind::$kind { .. })
    };
}

/// An invoice whose second level is due on a Monday.
fn overdue() -> Simulator {
    let mut s = Simulator::standard("2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    s
}

#[test]
fn whatever_waits_names_the_line_that_makes_it_wait() {
    const HOLD: &str = "hold while disputed, promised, on plan, or unallocated cash covers it";
    const SEND: &str = "send on business days of france, 09:00 to 17:30, company time";
    const CONTACT: &str = "contact role accounts_payable else role buyer else main";
    for kind in [HoldKind::Disputed, HoldKind::Promised, HoldKind::OnPlan] {
        let mut s = overdue();
        s.hold("F1", kind, Some("2026-04-01"));
        assert_eq!(line(&at_hour(&mut s, 10), is!(Held)), HOLD, "{kind:?}");
    }
    let mut s = overdue();
    s.facts.unallocated = vec![euro(90)];
    assert_eq!(line(&at_hour(&mut s, 10), is!(CoveredByUnallocated)), HOLD);
    let mut s = overdue();
    s.pay("F1", 90);
    assert_eq!(
        line(&at_hour(&mut s, 10), is!(SmallBalance)),
        "ignore invoices under 15 EUR"
    );
    let mut s = overdue();
    assert_eq!(line(&at_hour(&mut s, 7), is!(OutsideWindow)), SEND);
    s.facts.messages.push(SentMessage {
        at: s.now - TimeDelta::days(2),
        scenario: "standard".into(),
        step: "ahead".into(),
    });
    assert_eq!(
        line(&at_hour(&mut s, 10), is!(MessageLimit)),
        "limit 1 message per 5 days"
    );
    let mut s = overdue();
    s.facts.contacts[0].email = Reach::Bounced;
    assert_eq!(line(&at_hour(&mut s, 10), is!(NoUsableContact)), CONTACT);
}

#[test]
fn whatever_is_done_names_the_lines_that_made_it_so() {
    let mut s = Simulator::new(
        rulebook(&STANDARD.replace("entry     at level 1", "entry at level 2")),
        "2026-03-16",
    );
    s.invoice("F1", 100, "2026-02-20");
    s.invoice("F2", 100, "2026-02-20");
    let decision = at_hour(&mut s, 10);
    assert_eq!(line(&decision, is!(EnteredAtLevel)), "entry at level 2");
    assert_eq!(line(&decision, is!(Grouped)), "group by customer");
    assert_eq!(
        line(&decision, is!(LanguageChosen)),
        "language contact.language else customer.language else fr"
    );
    assert_eq!(
        line(&decision, is!(ToneChosen)),
        "tone courteous; firm when score is poor"
    );
    assert_eq!(
        line(&decision, is!(ContactChosen)),
        "contact role accounts_payable else role buyer else main"
    );
    // A Sunday: moved to the Monday.
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 100, "2026-03-12");
    s.until("2026-03-16");
    assert_eq!(
        line(&at_hour(&mut s, 10), is!(MovedToBusinessDay)),
        "send on business days of france, 09:00 to 17:30, company time"
    );
    s.until("2026-03-18");
    assert_eq!(
        line(&at_hour(&mut s, 10), is!(CountsFromLevel)),
        "level 2 reminder \"Reminder\" 8 days after level 1 { email template reminder }"
    );
}

#[test]
fn what_waits_for_somebody_names_the_act_that_asks_him_and_what_is_charged_the_act_that_charges() {
    let rules = STANDARD
        .replace(
            "{ email template statement }",
            "{\n approve by credit_manager\n charge late_interest, recovery_fee of law\n email template statement\n }",
        )
        .replace(
            "segments {",
            "charges law \"Law\" {\n late_interest 12.15 %\n recovery_fee 40 EUR\n}\nsegments {",
        );
    let mut s = Simulator::new(rulebook(&rules), "2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    let asked = at_hour(&mut s, 10);
    assert_eq!(line(&asked, is!(ApprovalNeeded)), "approve by credit_manager");
    let charges = "charge late_interest, recovery_fee of law";
    assert_eq!(line(&asked, is!(InterestOwed)), charges);
    assert_eq!(line(&asked, is!(FeeOwed)), charges);
    s.mark(&asked.actions[0], relance_rules::facts::ProgressState::Pending);
    let waits = at_hour(&mut s, 11);
    assert_eq!(line(&waits, is!(WaitsForApproval)), "approve by credit_manager");
    s.mark(&asked.actions[0], relance_rules::facts::ProgressState::Failed);
    let refused = at_hour(&mut s, 12);
    assert_eq!(line(&refused, is!(ApprovalRefused)), "approve by credit_manager");
}

#[test]
fn reasons_stay_small_whatever_the_facts() {
    let long = "é".repeat(100_000);
    let rules = STANDARD
        .replace(
            "{ email template statement }",
            "when customer.name is not \"x\" {\n charge late_interest of law\n email template statement\n }",
        )
        .replace(
            "segments {",
            "charges law \"Law\" {\n late_interest 12.15 %\n}\nsegments {",
        );
    let mut s = Simulator::new(rulebook(&rules), "2026-12-14");
    s.facts.customer.name = long.clone();
    s.invoice("F1", 1_000, "2026-01-10");
    let paid = s.invoice_mut("F1");
    for n in 0..300 {
        paid.settlements.push(Settlement {
            on: day("2026-01-11") + chrono::Days::new(n),
            amount: Money::new(Decimal::ONE, paid.amount.currency),
            by: SettledBy::Payment,
        });
    }
    paid.balance = euro(700);
    let decision = at_hour(&mut s, 10);
    assert_eq!(decision.actions.len(), 1);
    let lines = all(&decision).filter(|r| matches!(r.kind, ReasonKind::InterestOwed { .. }));
    assert_eq!(
        lines.count(),
        2 * 50,
        "as reasons of the action, and of the invoice"
    );
    let claim = decision.actions[0].items[0].claim.as_ref().unwrap();
    let told: Decimal = decision.actions[0]
        .reasons
        .iter()
        .filter_map(|reason| match &reason.kind {
            ReasonKind::InterestOwed { line, .. } => Some(line.amount.amount),
            ReasonKind::MoreInterestOwed { amount, .. } => Some(amount.amount),
            _ => None,
        })
        .sum();
    let owed: Decimal = claim.lines.iter().map(|line| line.amount.amount).sum();
    assert_eq!(told, owed, "the sum is told whole");
    s.invoice_mut("F1").holds.push(HoldSpan {
        kind: HoldKind::Manual,
        from: day("2026-12-01"),
        to: None,
        note: long,
        id: 0,
        ending: None,
    });
    let held = at_hour(&mut s, 10);
    for reason in all(&decision).chain(all(&held)) {
        let size = serde_json::to_string(reason).unwrap().len();
        assert!(size < 1_500, "{size} bytes: {reason:?}");
    }
}

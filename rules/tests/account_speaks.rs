//! What goes out together, to whom, how often.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use chrono::TimeDelta;
use relance_rules::decision::{ActionKind, Decision};
use relance_rules::facts::{HoldKind, ProgressState, Reach};
use relance_rules::reason::ReasonKind;
use relance_rules::{decide, recheck};
use simulator::{STANDARD, Simulator, day, rulebook};

fn morning(s: &mut Simulator) -> Decision {
    s.now = s.midnight(s.today()) + TimeDelta::hours(10);
    decide(&s.rulebook, &s.facts, s.now)
}

#[test]
fn grouped_by_invoice_each_has_its_own_message() {
    let rules = STANDARD
        .replace("group     by customer", "group by invoice")
        .replace("limit     1 message per 5 days", "");
    let mut s = Simulator::new(rulebook(&rules), "2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    s.invoice("F2", 100, "2026-03-10");
    let decision = morning(&mut s);
    assert_eq!(decision.actions.len(), 2);
    assert!(decision.actions.iter().all(|a| a.items.len() == 1));
}

#[test]
fn a_step_with_a_mail_and_a_call_is_done_when_both_are() {
    let rules = STANDARD.replace(
        "{ email template statement }",
        "{ call script script assign collector within 2 business days; email template statement }",
    );
    let mut s = Simulator::new(rulebook(&rules), "2026-03-13");
    s.invoice("F1", 100, "2026-03-10");
    let decision = morning(&mut s);
    let [mail, call] = decision.actions.as_slice() else {
        panic!("{decision:?}")
    };
    assert_eq!((mail.act, call.act), (1, 0), "the mail is the second act");
    assert!(matches!(call.kind, ActionKind::Call { due, .. } if due == day("2026-03-17")));
    for action in &decision.actions {
        s.mark(action, ProgressState::Pending);
    }
    assert_eq!(recheck(&s.rulebook, &s.facts, mail, s.now), Ok(()));
    s.mark(mail, ProgressState::Done);
    s.now += TimeDelta::days(30);
    let later = decide(&s.rulebook, &s.facts, s.now);
    assert!(later.actions.is_empty(), "the call has not been made");
    assert!(matches!(
        later.outlook[0].reasons[0].kind,
        ReasonKind::UnderWay { .. }
    ));
    s.mark(call, ProgressState::Done);
    assert_eq!(decide(&s.rulebook, &s.facts, s.now).actions.len(), 0);
    s.now += TimeDelta::days(8);
    assert_eq!(
        decide(&s.rulebook, &s.facts, s.now).actions[0].step.step,
        "reminder"
    );
}

#[test]
fn invoices_of_two_levels_share_the_mail_and_keep_their_own_act() {
    let rules = STANDARD.replace(
        "{ email template reminder }",
        "{ call script script assign collector; email template reminder }",
    );
    let mut s = Simulator::new(rulebook(&rules), "2026-03-02");
    s.invoice("F1", 100, "2026-03-10");
    s.invoice("F2", 200, "2026-03-20");
    s.until("2026-03-24");
    let shared = s.mails().last().unwrap().action.clone();
    assert_eq!(shared.step.step, "reminder");
    let items: Vec<_> = shared
        .items
        .iter()
        .map(|i| (i.step.as_str(), i.level, i.act))
        .collect();
    assert_eq!(items, [("reminder", Some(2), 1), ("statement", Some(1), 0)]);
}

#[test]
fn dunning_goes_before_courtesy_and_thanks_when_the_limit_leaves_room_for_one() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 100, "2026-03-10");
    s.invoice("F2", 200, "2026-03-20");
    s.invoice("F3", 300, "2026-04-30");
    s.until("2026-03-13");
    s.pay("F3", 300);
    let decision = morning(&mut s);
    let steps: Vec<_> = decision.actions.iter().map(|a| a.step.step.as_str()).collect();
    assert_eq!(steps, ["statement"]);
    assert!(
        decision
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::MessageLimit { .. })),
        "thanks wait"
    );
    let ahead = &decision.outlook[1];
    assert_eq!(ahead.next.as_ref().unwrap().step, "ahead");
    assert_eq!(
        ahead.next_on,
        Some(day("2026-03-18")),
        "five days after the statement"
    );
    s.until("2026-03-25");
    let sent: Vec<_> = s.mails().iter().map(|m| m.action.step.step.clone()).collect();
    assert_eq!(sent, ["ahead", "statement", "ahead", "reminder"]);
}

#[test]
fn thanks_are_not_sent_twice_in_a_month() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 100, "2026-04-10");
    s.invoice("F2", 200, "2026-04-20");
    s.until("2026-03-10");
    s.pay("F1", 100);
    s.until("2026-03-16");
    s.pay("F2", 200);
    s.until("2026-05-16");
    assert_eq!(s.mails().len(), 1, "{}", s.transcript);
    assert!(s.steps_of("F2").is_empty());
}

#[test]
fn nobody_is_thanked_for_what_was_paid_before_it_was_known() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 100, "2026-02-10");
    s.invoice_mut("F1").balance.amount = 0.into();
    s.invoice_mut("F1").paid_on = Some(day("2026-02-27"));
    s.until("2026-03-20");
    assert!(s.done.is_empty());
}

#[test]
fn in_insolvency_nothing_goes_out() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 100, "2026-02-10");
    s.invoice("F2", 100, "2026-04-10");
    s.invoice("F3", 100, "2026-04-10");
    s.hold("F1", HoldKind::Insolvency, None);
    let span = s.invoice_mut("F1").holds.remove(0);
    s.facts.holds.push(span);
    s.pay("F3", 100);
    s.until("2026-06-01");
    assert!(s.done.is_empty(), "{}", s.transcript);
}

#[test]
fn a_message_in_doubt_waits_for_a_person() {
    let mut s = Simulator::standard("2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    let decision = morning(&mut s);
    s.mark(&decision.actions[0], ProgressState::Pending);
    s.mark(&decision.actions[0], ProgressState::InDoubt);
    s.now += TimeDelta::days(60);
    let later = decide(&s.rulebook, &s.facts, s.now);
    assert!(later.actions.is_empty());
    assert!(matches!(
        later.outlook[0].reasons[0].kind,
        ReasonKind::InDoubt { .. }
    ));
}

#[test]
fn a_refused_message_goes_to_each_contact_once_a_day() {
    let mut s = Simulator::standard("2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    let decision = morning(&mut s);
    s.mark(&decision.actions[0], ProgressState::Failed);
    let again = decide(&s.rulebook, &s.facts, s.now);
    assert!(again.actions.is_empty(), "the one contact there is was tried");
    assert!(
        again.outlook[0]
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::TriedToday { .. }))
    );
    assert_eq!(
        again.next_review_at,
        Some("2026-03-17T08:00:00Z".parse().unwrap())
    );
    s.facts
        .contacts
        .push(simulator::contact(2, "Bruno Roux", Some("buyer"), false));
    s.facts.contacts[0].email = Reach::Bounced;
    let again = decide(&s.rulebook, &s.facts, s.now);
    assert!(matches!(again.actions[0].kind, ActionKind::Email { contact, .. } if contact.0 == 2));
}

#[test]
fn recheck_calls_off_what_no_longer_holds() {
    let mut s = Simulator::standard("2026-03-16");
    s.invoice("F1", 100, "2026-03-10");
    let decision = morning(&mut s);
    let action = &decision.actions[0];
    s.mark(action, ProgressState::Pending);
    let why = |s: &Simulator| {
        let off = recheck(&s.rulebook, &s.facts, action, s.now).unwrap_err();
        format!("{:?}", off.reasons)
    };
    s.invoice_mut("F1").balance.amount = 60.into();
    assert_eq!(
        recheck(&s.rulebook, &s.facts, action, s.now),
        Ok(()),
        "a smaller balance is still dunned"
    );
    s.invoice_mut("F1").balance.amount = 9.into();
    assert!(why(&s).contains("SmallBalance"));
    s.invoice_mut("F1").balance.amount = 100.into();
    s.hold("F1", HoldKind::Disputed, None);
    assert!(why(&s).contains("Held"));
    s.release("F1");
    s.facts.contacts[0].email = Reach::OptedOut;
    assert!(why(&s).contains("ContactUnusable"));
    s.facts.contacts[0].email = Reach::Usable;
    s.now += TimeDelta::hours(10);
    assert!(why(&s).contains("OutsideWindow"));
    s.now += TimeDelta::hours(14);
    assert_eq!(recheck(&s.rulebook, &s.facts, action, s.now), Ok(()));
    let message = relance_rules::facts::SentMessage {
        at: s.now,
        scenario: "x".into(),
        step: "y".into(),
    };
    s.facts.messages.push(message);
    assert!(why(&s).contains("MessageLimit"));
    s.facts.messages.clear();
    s.invoice_mut("F1").cycle = 2;
    assert!(why(&s).contains("Settled"));
    s.facts.customer.segment = None;
    s.facts.invoices.clear();
    assert!(why(&s).contains("Settled"));
}

#[test]
fn decisions_survive_being_written_and_read() {
    let mut s = Simulator::standard("2026-03-02");
    s.invoice("F1", 100, "2026-03-10");
    s.invoice("F2", 100, "2026-02-10");
    let decision = morning(&mut s);
    assert!(!decision.actions.is_empty());
    let text = serde_json::to_string(&decision).unwrap();
    assert_eq!(serde_json::from_str::<Decision>(&text).unwrap(), decision);
}

#[test]
fn a_condition_that_only_an_event_can_change_is_not_looked_at_every_day() {
    let rules = STANDARD.replace(
        "5 business days before due {",
        "5 business days before due when invoice.amount >= 5 000 EUR {",
    );
    let mut s = Simulator::new(rulebook(&rules), "2026-03-02");
    s.invoice("F1", 100, "2026-03-31");
    s.until("2026-03-26");
    let decision = decide(&s.rulebook, &s.facts, s.now);
    assert!(
        decision.outlook[0]
            .reasons
            .iter()
            .any(|r| matches!(r.kind, ReasonKind::ConditionNotMet { .. }))
    );
    assert_eq!(
        decision.outlook[0].next_on,
        Some(day("2026-04-03")),
        "the first level comes next"
    );
    assert_eq!(
        decision.next_review_at,
        Some("2026-04-03T07:00:00Z".parse().unwrap())
    );
}

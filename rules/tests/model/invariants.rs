//! What holds of each decision and of each run, whatever happens; said without the model.

use chrono::{NaiveTime, TimeDelta};
use relance_rules::decide;
use relance_rules::decision::{ActionKind, Decision};
use relance_rules::dsl::checked::CallOutcome;
use relance_rules::facts::{HoldKind, ProgressState, Reach, Work};
use rust_decimal::Decimal;

use super::history::works_open;
use super::player::Player;

/// Holds of one decision.
pub fn of_decision(player: &Player<'_>, decision: &Decision) {
    let (rulebook, facts, now) = (&player.rulebook, &player.facts, player.now);
    assert_eq!(
        *decision,
        decide(rulebook, facts, now),
        "the same input gives the same output"
    );
    let day = player.day();
    let scenario = decision.scenario.as_ref().map(|named| {
        let mut all = rulebook.checked.scenarios.iter();
        all.find(|s| s.name.name == named.name).unwrap()
    });
    for action in &decision.actions {
        let scenario = scenario.expect("what is done has a scenario");
        let time = now.with_timezone(&player.zone).time();
        let hour = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
        assert!(
            time >= hour(8, 30) && time < hour(17, 30),
            "outside of the window: {time}"
        );
        assert!(
            scenario.send.calendar.is_none() || works_open(day),
            "on a closed day: {day}"
        );
        if let ActionKind::Email { contact, .. } = &action.kind {
            let contact = facts.contacts.iter().find(|c| c.id == *contact).unwrap();
            assert_eq!(
                contact.email,
                Reach::Usable,
                "to somebody who cannot be written to"
            );
            assert!(action.not_after.is_some_and(|until| until > now));
        }
        assert!(
            !action.items.is_empty() && !action.reasons.is_empty(),
            "without items or reasons"
        );
        for item in &action.items {
            let invoice = facts.invoices.iter().find(|i| i.id == item.invoice).unwrap();
            let thanks = item.step == "thanks";
            assert_eq!(
                thanks,
                invoice.balance.amount <= Decimal::ZERO,
                "dunned though paid, or thanked though open"
            );
            let holds = facts.holds.iter().chain(&invoice.holds);
            let against = holds
                .filter(|h| h.from <= day && h.to.is_none_or(|to| day < to))
                .find(|h| match h.kind {
                    HoldKind::Disputed => scenario.holds.disputed && !thanks,
                    HoldKind::OnPlan => scenario.holds.on_plan && !thanks,
                    HoldKind::Manual | HoldKind::Insolvency => true,
                    _ => scenario.holds.promised && rulebook.checked.promises.at_most.is_none() && !thanks,
                });
            assert!(
                against.is_none(),
                "{} goes out while on hold: {against:?}",
                invoice.number
            );
            let twice = invoice.progress.iter().any(|p| {
                let live = match p.state {
                    ProgressState::Done => {
                        p.outcome != Some(CallOutcome::NoAnswer) && p.work != Work::Approval
                    }
                    ProgressState::Pending | ProgressState::InDoubt => true,
                    ProgressState::Failed | ProgressState::Cancelled | ProgressState::Expired => false,
                };
                live && p.step == item.step && p.act == item.act
            });
            assert!(
                action.kind.work().is_none() || !twice,
                "twice: {} {}",
                invoice.number,
                item.step
            );
        }
    }
    let open = facts
        .invoices
        .iter()
        .filter(|i| i.balance.amount > Decimal::ZERO)
        .map(|i| i.id);
    assert!(
        open.eq(decision.outlook.iter().map(|o| o.invoice)),
        "one outlook for each open invoice"
    );
    for outlook in &decision.outlook {
        assert!(
            !outlook.reasons.is_empty(),
            "neither a next day nor a reason: {outlook:?}"
        );
    }
    assert!(
        decision.next_review_at.is_none_or(|at| at > now),
        "the next look is in the past"
    );
    if decision.actions.is_empty() {
        let end = decision.next_review_at.unwrap_or(now + TimeDelta::days(60));
        let between = now + (end - now) / 2;
        let early = decide(rulebook, facts, between);
        assert!(
            early.actions.is_empty(),
            "at {now} nothing is due before {end}, but at {between}: {:?}",
            early.actions
        );
    }
}

//! What holds of each decision and of each run, whatever happens; said without the model.

use chrono::{Months, NaiveDate, NaiveTime, TimeDelta};
use relance_rules::decide;
use relance_rules::decision::{ActionItem, ActionKind, Decision, Outlook};
use relance_rules::dsl::checked::CallOutcome;
use relance_rules::facts::{HoldKind, HoldSpan, Invoice, Progress, ProgressState, Reach, Work};
use rust_decimal::Decimal;

use super::coverage::variant;
use super::history::{Period, Scenario, Timing, Unit, days_on, works_open};
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
    let scenario = decision.scenario.as_ref().map(|named| match named.name.as_str() {
        "of_key" => player.rules.key.as_ref().unwrap(),
        _ => &player.rules.small,
    });
    if let Some(scenario) = scenario {
        inside_the_limit(player, scenario, decision);
    }
    for action in &decision.actions {
        let scenario = scenario.expect("what is done has a scenario");
        let time = now.with_timezone(&player.zone).time();
        let hour = |h, m| NaiveTime::from_hms_opt(h, m, 0).unwrap();
        assert!(
            time >= hour(8, 30) && time < hour(17, 30),
            "outside of the window: {time}"
        );
        assert!(!scenario.business || works_open(day), "on a closed day: {day}");
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
            against_nothing(player, scenario, invoice, thanks);
            if !thanks {
                in_order(player, scenario, invoice, item);
            }
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
        next_or_why_not(player, outlook);
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

/// What a person can be told when an open invoice has no next day. Any other reason says how it came to its day, not why it has none.
const WHY_NOT: [&str; 20] = [
    "AllLevelsDone",
    "ApprovalExpired",
    "ApprovalRefused",
    "CallAgain",
    "ConditionNotMet",
    "CoveredByUnallocated",
    "HandedOver",
    "Held",
    "InDoubt",
    "MessageLimit",
    "MessageUnderWay",
    "NoScenario",
    "NoSegment",
    "NoUsableContact",
    "OutsideWindow",
    "RateMissing",
    "SmallBalance",
    "TriedToday",
    "UnderWay",
    "WaitsForApproval",
];

/// An open invoice has a next day that has not passed, or something that stands against one.
fn next_or_why_not(player: &Player<'_>, outlook: &Outlook) {
    let why_not = outlook
        .reasons
        .iter()
        .any(|reason| WHY_NOT.contains(&variant(&reason.kind).as_str()));
    // The customer's day can be one behind the company's.
    let to_come = outlook.next_on.is_some_and(|on| on >= days_on(player.day(), -1));
    assert!(
        to_come || why_not,
        "neither a next day nor a reason why not: {outlook:?}"
    );
}

/// Nothing goes out for what is disputed, promised, on a plan or on hold, or for what the customer's own money covers.
fn against_nothing(player: &Player<'_>, scenario: &Scenario, invoice: &Invoice, thanks: bool) {
    let day = player.day();
    let on = |hold: &HoldSpan| hold.from <= day && hold.to.is_none_or(|to| day < to);
    let mut promises = 0;
    for hold in player.facts.holds.iter().chain(&invoice.holds) {
        let counts = match hold.kind {
            HoldKind::Disputed => scenario.disputed && !thanks,
            HoldKind::OnPlan => scenario.on_plan && !thanks,
            HoldKind::Manual | HoldKind::Insolvency | HoldKind::CreditExpected => true,
            HoldKind::Promised => {
                promises += usize::from(hold.to != Some(hold.from));
                let used_up = player.rules.promises.is_some_and(|most| promises > most);
                scenario.promised && !used_up && !thanks
            }
        };
        assert!(
            !counts || !on(hold),
            "{} goes out while on hold: {hold:?}",
            invoice.number
        );
    }
    if scenario.cash && !thanks && invoice.balance.currency == player.facts.company.currency {
        let same = |currency| currency == invoice.balance.currency;
        let cash: Decimal = player
            .facts
            .unallocated
            .iter()
            .filter(|m| same(m.currency))
            .map(|m| m.amount)
            .sum();
        let owed: Decimal = player
            .facts
            .invoices
            .iter()
            .filter(|i| same(i.balance.currency))
            .map(|i| i.balance.amount)
            .sum();
        assert!(
            cash < owed,
            "{} goes out though the customer's money covers all",
            invoice.number
        );
    }
}

/// Never more messages to one account than the limit allows.
fn inside_the_limit(player: &Player<'_>, scenario: &Scenario, decision: &Decision) {
    let Some((most, per)) = scenario.limit else {
        return;
    };
    let messages =
        |action: &&relance_rules::decision::Action| action.kind.work().is_some_and(Work::is_message);
    let new = decision.actions.iter().filter(messages).count();
    if new == 0 {
        return;
    }
    let day_of = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&player.zone).date_naive();
    let past = player.facts.messages.iter().map(|message| day_of(message.at));
    let count = past
        .filter(|day| plainly_after(scenario, *day, per) > player.day())
        .count();
    assert!(
        count + new <= most,
        "{new} messages more than the limit allows: there were {count} in {} already",
        per.text()
    );
}

/// Never a level without its predecessor, never before its spacing, and no courtesy after dunning.
fn in_order(player: &Player<'_>, scenario: &Scenario, invoice: &Invoice, item: &ActionItem) {
    let day_of = |p: &Progress| p.at.with_timezone(&player.zone).date_naive();
    let place_of = |name: &str| {
        scenario.ladder().position(|step| step.name == name).or_else(|| {
            scenario
                .ladder()
                .position(|step| step.was.iter().any(|was| was == name))
        })
    };
    let said = |p: &&Progress| p.work != Work::Approval && (p.level.is_some() || place_of(&p.step).is_some());
    let dunned = || invoice.progress.iter().filter(said);
    let waits = |p: &Progress| matches!(p.state, ProgressState::Pending | ProgressState::InDoubt);
    let Some(place) = place_of(&item.step) else {
        return;
    };
    assert!(
        !dunned().any(waits),
        "{}: the step before {} is under way",
        invoice.number,
        item.step
    );
    let done = || dunned().filter(|p| p.state == ProgressState::Done);
    let at = |p: &&Progress, n: usize| place_of(&p.step) == Some(n);
    // Of a call that nobody answered the customer has not heard.
    let heard = || done().filter(|p| p.outcome != Some(CallOutcome::NoAnswer));
    let day = player.day();
    let entry = if invoice.known_since > invoice.due {
        scenario.entry - 1
    } else {
        0
    };
    // Steps that the rules know no more count by the level that they had.
    let last = scenario.levels.len();
    let lost = |p: &&Progress| {
        let level = p.level.filter(|_| place_of(&p.step).is_none());
        level.is_some_and(|level| usize::from(level).min(last) == place)
    };
    let predecessor = place > 0 && done().any(|p| at(&p, place - 1)) || done().any(|p| lost(&p));
    assert!(
        place == entry || predecessor,
        "{}: {} without its predecessor",
        invoice.number,
        item.step
    );
    for step in heard().filter(|p| !at(p, place)) {
        assert!(
            day_of(step) < day,
            "{}: {} on the day of {}",
            invoice.number,
            item.step,
            step.step
        );
    }
    let step = scenario.ladder().nth(place).unwrap();
    let not_before = match step.timing {
        Timing::BeforeDue(_) => return,
        Timing::AfterDue(period) => plainly_after(scenario, invoice.due, period),
        Timing::AfterIssue(period) => plainly_after(scenario, invoice.issued, period),
        Timing::AfterLevel(period, from) => match heard().filter(|p| at(p, from - 1)).map(day_of).max() {
            Some(anchor) => plainly_after(scenario, anchor, period),
            None => return,
        },
    };
    assert!(
        day >= not_before,
        "{}: {} on {day}, before its spacing: {not_before}",
        invoice.number,
        item.step
    );
}

/// The day that lies a period after another, whatever stands against an invoice.
fn plainly_after(scenario: &Scenario, day: NaiveDate, period: Period) -> NaiveDate {
    match period.unit {
        Unit::Days => days_on(day, period.count),
        Unit::Weeks => days_on(day, 7 * period.count),
        Unit::Months => day + Months::new(u32::try_from(period.count).unwrap()),
        Unit::BusinessDays => {
            let open = (1..)
                .map(|n| days_on(day, n))
                .filter(|at| scenario.business_day(*at));
            open.take(usize::try_from(period.count).unwrap())
                .last()
                .unwrap_or(day)
        }
    }
}

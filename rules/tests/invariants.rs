//! What must hold whatever the rules say and whatever happens to the account.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]

mod simulator;

use std::fmt::Write;

use chrono::{NaiveDate, TimeDelta};
use proptest::prelude::*;
use relance_rules::calendar::OpenDays;
use relance_rules::decide;
use relance_rules::decision::{Action, ActionItem, ActionKind, Decision};
use relance_rules::dsl::checked::ActKind;
use relance_rules::facts::{HoldKind, HoldSpan, Invoice, Progress, ProgressState, Reach, Work};
use rust_decimal::Decimal;
use simulator::{Simulator, contact, day, euro, rulebook};

/// Rules made of a few choices.
#[derive(Debug, Clone)]
struct Rules {
    text: String,
    holds: bool,
    limit: Option<u16>,
    delays: Vec<i64>,
    customer_time: bool,
}

fn rules() -> impl Strategy<Value = Rules> {
    (
        prop::collection::vec((1_i64..12, any::<bool>(), 0..6_u8), 1..5),
        prop::collection::vec(1_u8..20, 0..3),
        any::<bool>(),
        prop::option::of(1_u16..9),
        any::<bool>(),
        1_u8..3,
        any::<bool>(),
        prop::option::of(1_u8..30),
    )
        .prop_map(|(levels, courtesy, holds, limit, by_customer, entry, customer_time, thanks)| {
            let mut text = String::from("edition 2026\nuse std.france\nsegments { all otherwise }\nscenario s for all {\n");
            let zone = if customer_time { "customer" } else { "company" };
            writeln!(text, "language fr\nsend on business days of france, 08:30 to 17:30, {zone} time").unwrap();
            writeln!(text, "contact role buyer else main").unwrap();
            writeln!(text, "group by {}", if by_customer { "customer" } else { "invoice" }).unwrap();
            writeln!(text, "ignore invoices under 15 EUR\nentry at level {}", usize::from(entry).min(levels.len())).unwrap();
            if holds {
                writeln!(text, "hold while disputed, promised, on plan, or unallocated cash covers it").unwrap();
            } else {
                writeln!(text, "hold while on plan").unwrap();
            }
            if let Some(days) = limit {
                writeln!(text, "limit 1 message per {days} days").unwrap();
            }
            if !courtesy.is_empty() {
                writeln!(text, "courtesy {{").unwrap();
                for (i, days) in courtesy.iter().enumerate() {
                    let when = if i == 1 { "when invoice.amount >= 1 000 EUR" } else { "" };
                    writeln!(text, "step ahead_{i} {days} days before due {when} {{ email template courtesy }}").unwrap();
                }
                writeln!(text, "}}").unwrap();
            }
            writeln!(text, "dunning {{").unwrap();
            for (i, (delay, business, kind)) in levels.iter().enumerate() {
                let unit = if *business { "business days" } else { "days" };
                let anchor = if i == 0 { "due".to_owned() } else { format!("level {i}") };
                let when = if *kind == 3 { "when account.overdue >= 150 EUR" } else { "" };
                let acts = match kind {
                    0 => "email template reminder",
                    1 => "call script script assign collector",
                    2 => "email template reminder; call script script assign collector",
                    4 => "letter template reminder; task look_into assign sales",
                    5 => "email template reminder; approve by cfo",
                    _ => "email template statement",
                };
                writeln!(text, "level {n} l{n} {delay} {unit} after {anchor} {when} {{ {acts} }}", n = i + 1).unwrap();
            }
            writeln!(text, "}}").unwrap();
            if let Some(days) = thanks {
                writeln!(text, "thanks {{ when paid in full {{ email template thanks, at most once per {days} days }} }}").unwrap();
            }
            text.push_str("}\n");
            Rules {
                text,
                holds,
                limit,
                delays: levels.iter().map(|(delay, ..)| *delay).collect(),
                customer_time,
            }
        })
}

/// Something that happens to the account.
#[derive(Debug, Clone)]
enum Event {
    Book {
        amount: i64,
        due_in: i64,
    },
    Pay {
        which: usize,
        all: bool,
    },
    Hold {
        which: usize,
        kind: HoldKind,
        days: Option<i64>,
        account: bool,
    },
    Release,
    Cash(i64),
    Bounce,
    NewContact,
    /// What is under way is refused, called off or in doubt instead of done.
    Trouble(ProgressState),
    Sleep(i64),
}

fn event() -> impl Strategy<Value = Event> {
    let kind = prop::sample::select(vec![
        HoldKind::Disputed,
        HoldKind::Promised,
        HoldKind::OnPlan,
        HoldKind::Manual,
        HoldKind::Insolvency,
    ]);
    prop_oneof![
        4 => (1_i64..2000, -40_i64..60).prop_map(|(amount, due_in)| Event::Book { amount, due_in }),
        2 => (0_usize..9, any::<bool>()).prop_map(|(which, all)| Event::Pay { which, all }),
        2 => (0_usize..9, kind, prop::option::of(1_i64..30), any::<bool>())
            .prop_map(|(which, kind, days, account)| Event::Hold { which, kind, days, account }),
        1 => Just(Event::Release),
        1 => (0_i64..1500).prop_map(Event::Cash),
        1 => Just(Event::Bounce),
        1 => Just(Event::NewContact),
        1 => prop::sample::select(vec![ProgressState::Failed, ProgressState::Cancelled, ProgressState::InDoubt])
            .prop_map(Event::Trouble),
        1 => (1_i64..40).prop_map(Event::Sleep),
    ]
}

fn happen(s: &mut Simulator, event: &Event) {
    let today = s.today();
    let count = s.facts.invoices.len();
    match event {
        Event::Book { amount, due_in } => {
            let due = (today + TimeDelta::days(*due_in)).to_string();
            s.invoice(&format!("F{}", count + 1), *amount, &due);
        }
        Event::Pay { which, all } if count > 0 => {
            let invoice = &mut s.facts.invoices[which % count];
            if invoice.balance.amount > Decimal::ZERO {
                invoice.balance.amount = if *all {
                    Decimal::ZERO
                } else {
                    (invoice.balance.amount / Decimal::TWO).round_dp(2)
                };
                invoice.paid_on = invoice.balance.amount.is_zero().then_some(today);
            }
        }
        Event::Hold {
            which,
            kind,
            days,
            account,
        } => {
            let span = HoldSpan {
                kind: *kind,
                from: today,
                to: days.map(|d| today + TimeDelta::days(d)),
                note: String::new(),
                id: 0,
                ending: None,
            };
            if *account {
                s.facts.holds.push(span);
            } else if count > 0 {
                s.facts.invoices[which % count].holds.push(span);
            }
        }
        Event::Release => {
            let spans = s.facts.invoices.iter_mut().flat_map(|i| &mut i.holds);
            for hold in spans.chain(&mut s.facts.holds) {
                hold.to = Some(hold.to.map_or(today, |to| to.min(today)));
            }
        }
        Event::Cash(amount) => s.facts.unallocated = vec![euro(*amount)],
        Event::Bounce => s.facts.contacts[0].email = Reach::Bounced,
        Event::NewContact => {
            s.facts.contacts.push(contact(9, "New", Some("buyer"), false));
            s.facts.fixing_contact = false;
        }
        Event::Trouble(state) => trouble(s, *state),
        Event::Sleep(days) => s.now += TimeDelta::days(*days),
        Event::Pay { .. } => {}
    }
}

/// At the next opening the actions of that moment do not succeed.
fn trouble(s: &mut Simulator, state: ProgressState) {
    let decision = decide(&s.rulebook, &s.facts, s.now);
    if let Some(at) = decision
        .next_review_at
        .filter(|at| *at < s.now + TimeDelta::days(10))
    {
        s.now = at;
    }
    let decision = decide(&s.rulebook, &s.facts, s.now);
    check(s, &decision);
    for action in &decision.actions {
        s.mark(action, ProgressState::Pending);
    }
    for action in &decision.actions {
        s.mark(action, state);
    }
}

/// The invariants of one decision.
fn check(s: &Simulator, decision: &Decision) {
    assert_eq!(
        *decision,
        decide(&s.rulebook, &s.facts, s.now),
        "the same input gives the same output"
    );
    let scenario = &s.rulebook.checked.scenarios[0];
    for action in &decision.actions {
        for item in &action.items {
            approved(s, action, item);
            let invoice = s.facts.invoices.iter().find(|i| i.id == item.invoice).unwrap();
            nothing_against(s, invoice, item.level.is_some() || item.step != "thanks");
            if let Some(level) = item.level {
                predecessor_done(invoice, usize::from(level), usize::from(scenario.entry));
            }
            assert!(
                !invoice.progress.iter().any(|p| {
                    p.step == item.step
                        && p.act == item.act
                        && !matches!(p.state, ProgressState::Failed | ProgressState::Cancelled)
                }),
                "twice"
            );
        }
        if let ActionKind::Email { contact, .. } = &action.kind {
            inside_the_window(s);
            assert!(action.not_after.unwrap() > s.now);
            let contact = s.facts.contacts.iter().find(|c| c.id == *contact).unwrap();
            assert_eq!(contact.email, Reach::Usable);
        }
    }
    let open: Vec<_> = s
        .facts
        .invoices
        .iter()
        .filter(|i| i.balance.amount > Decimal::ZERO)
        .map(|i| i.id)
        .collect();
    let told: Vec<_> = decision.outlook.iter().map(|o| o.invoice).collect();
    assert_eq!(open, told, "one outlook for each open invoice, in their order");
    for outlook in &decision.outlook {
        assert!(
            !outlook.reasons.is_empty(),
            "an invoice without a reason: {outlook:?}"
        );
    }
    if let Some(at) = decision.next_review_at {
        assert!(at > s.now, "the next look is in the past");
    }
    nothing_new_before_the_next_look(s, decision);
}

/// What somebody has to agree to is not done before.
fn approved(s: &Simulator, action: &Action, item: &ActionItem) {
    let scenario = &s.rulebook.checked.scenarios[0];
    let Some(step) = scenario.ladder().find(|step| step.name.name == item.step) else {
        return;
    };
    let invoice = s.facts.invoices.iter().find(|i| i.id == item.invoice).unwrap();
    let needed = step
        .acts
        .iter()
        .any(|a| matches!(a.kind, ActKind::Approve { .. }));
    let asks = action.kind.work() == Some(Work::Approval);
    let given = invoice
        .progress
        .iter()
        .any(|p| p.step == item.step && p.work == Work::Approval && p.state == ProgressState::Done);
    assert!(
        !needed || asks != given,
        "{} without approval, or asked for twice",
        item.step
    );
}

fn nothing_against(s: &Simulator, invoice: &Invoice, dunning: bool) {
    let counts = s.rulebook.checked.scenarios[0].holds.disputed;
    let today = s.today();
    for hold in s.facts.holds.iter().chain(&invoice.holds) {
        let always = matches!(hold.kind, HoldKind::Manual | HoldKind::Insolvency);
        if hold.from <= today && hold.to.is_none_or(|to| today < to) && (always || counts && dunning) {
            panic!("{} goes out while on hold: {hold:?}", invoice.number);
        }
    }
    assert_eq!(
        dunning,
        invoice.balance.amount > Decimal::ZERO,
        "dunned though paid, or thanked for though open"
    );
    assert!(!dunning || invoice.balance.amount >= Decimal::from(15), "small");
}

fn predecessor_done(invoice: &Invoice, level: usize, entry: usize) {
    let done = |p: &&Progress| {
        p.state == ProgressState::Done
            && p.work != Work::Approval
            && p.level.map(usize::from) == Some(level - 1)
    };
    let enters = invoice.known_since > invoice.due && level == entry;
    assert!(
        level == 1 || enters || invoice.progress.iter().any(|p| done(&p)),
        "level {level} without its predecessor"
    );
}

fn inside_the_window(s: &Simulator) {
    let send = &s.rulebook.checked.scenarios[0].send;
    let zone = match send.zone {
        relance_rules::dsl::checked::Zone::Customer => s.facts.customer.time_zone.unwrap(),
        _ => s.facts.company.time_zone,
    };
    let local = s.now.with_timezone(&zone);
    assert!(
        local.time() >= send.from && local.time() < send.to,
        "outside of the window: {local}"
    );
    let france = OpenDays::of(s.rulebook.calendar("france").unwrap());
    assert!(france.is_open(local.date_naive()), "on a closed day: {local}");
}

/// Between now and the next look, time alone changes nothing that would go out.
fn nothing_new_before_the_next_look(s: &Simulator, decision: &Decision) {
    if !decision.actions.is_empty() {
        return;
    }
    let end = decision.next_review_at.unwrap_or(s.now + TimeDelta::days(60));
    for part in 1..6 {
        let between = s.now + (end - s.now) / 6 * part;
        let early = decide(&s.rulebook, &s.facts, between);
        assert!(
            early.actions.is_empty(),
            "at {} the next look was said to be {:?}, but at {between} there is {:?}",
            s.now,
            decision.next_review_at,
            early.actions
        );
    }
}

/// The invariants of a whole run: spacing and limit.
fn check_run(s: &Simulator, rules: &Rules) {
    let zone = if rules.customer_time {
        s.facts.customer.time_zone.unwrap()
    } else {
        s.facts.company.time_zone
    };
    let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&zone).date_naive();
    if let Some(days) = rules.limit {
        let messages = s
            .done
            .iter()
            .filter(|d| d.action.kind.work().is_some_and(Work::is_message));
        let days_of: Vec<NaiveDate> = messages.map(|m| local(m.at)).collect();
        for pair in days_of.windows(2) {
            assert!(
                pair[1] - pair[0] >= TimeDelta::days(i64::from(days)),
                "two messages inside the limit: {pair:?}"
            );
        }
    }
    for invoice in &s.facts.invoices {
        let mut levels: Vec<_> = invoice
            .progress
            .iter()
            .filter(|p| p.state == ProgressState::Done)
            .filter_map(|p| Some((p.level?, p.at)))
            .collect();
        levels.sort_unstable();
        levels.dedup_by_key(|(level, _)| *level);
        for pair in levels.windows(2) {
            let ((first, before), (second, after)) = (pair[0], pair[1]);
            if second == first + 1 {
                let delay = rules.delays[usize::from(second) - 1];
                assert!(
                    local(after) - local(before) >= TimeDelta::days(delay),
                    "level {second} too early"
                );
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_invariants_hold(
        rules in rules(),
        events in prop::collection::vec((0_i64..15, event()), 1..14),
        start in 0_i64..700,
        second_contact in any::<bool>(),
    ) {
        let start = (day("2026-01-01") + TimeDelta::days(start)).to_string();
        let mut s = Simulator::new(rulebook(&rules.text), &start);
        prop_assert_eq!(s.rulebook.checked.scenarios[0].holds.disputed, rules.holds);
        s.facts.customer.time_zone = Some(chrono_tz::America::New_York);
        s.watch = check;
        if second_contact {
            s.facts.contacts.push(contact(2, "Bruno Roux", Some("buyer"), false));
        }
        for (days, event) in &events {
            happen(&mut s, event);
            let end = s.now + TimeDelta::days(*days);
            s.play(end);
        }
        let end = s.now + TimeDelta::days(120);
        s.play(end);
        check_run(&s, &rules);
        // No busy loop: a look for each thing that is done, and a bounded number for each day that has one.
        let most = 20 + 4 * s.done.len() + 3 * 330;
        prop_assert!(s.decisions < most, "{} decisions for {} actions", s.decisions, s.done.len());
    }
}

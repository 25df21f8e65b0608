//! What goes out now: the account speaks once. Invoices that are due for the same kind of message share it; the highest level
//! speaks, and each invoice is listed with its own.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, TimeDelta, Utc};
use relance_dsl::checked::{Act, ActKind, Attachment, EventKind, Expr, Grouping};
use relance_dsl::span::FileId;

use super::case::Case;
use super::doing::{self, Doing};
use super::limit::Allowance;
use super::standing::{Family, Ready, Standing, earliest};
use super::way::Way;
use super::work;
use crate::charges;
use crate::decision::{Action, ActionItem, ActionKind};
use crate::eval::{Trace, value};
use crate::facts::Reach;
use crate::ids::{ContactId, InvoiceId};
use crate::reason::{FactRead, Reason, ReasonKind, SourceRef};
use crate::rulebook::tone_name;

/// The role that is asked to find someone who can be written to.
const FIXES_CONTACTS: &str = "collector";

/// How soon an account is decided anew after something was done at once.
const SOON: TimeDelta = TimeDelta::minutes(1);

/// Ways to do something. What is done in one of them, for several invoices, is done once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Medium {
    /// A hook was asked.
    Hook,
    /// This note.
    Note(String),
    Email,
    /// A message that is posted, by this medium of the rulebook's own.
    Post(String),
    /// A message that a person sends, by this medium.
    ByHand(String),
    Call,
    /// A task of this name.
    Task(String),
    /// Somebody in this role is asked about this step: who agrees to one step has not agreed to another.
    Approval(String, String),
    HandOver,
    /// This, told to the system of this name.
    Notice(String, String),
    /// What is done as soon as it is decided.
    AtOnce,
}

impl Medium {
    fn is_message(&self) -> bool {
        matches!(self, Self::Email | Self::Post(_) | Self::ByHand(_))
    }
}

/// What shares a message: the same family, medium and place among the acts of that medium; the same answer, when it is one to an
/// event, by its place in the rules; the person to whom it goes; and what the scenario groups by.
type Key = (
    Family,
    Medium,
    usize,
    Option<(FileId, u32)>,
    Option<ContactId>,
    Share,
);

/// With whom an invoice shares a message.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Share {
    /// With all of the customer.
    All,
    /// With those in which the fact that the scenario groups by is the same: its value in words.
    Same(String),
    /// With none.
    Alone(InvoiceId),
}

/// Makes the actions. What has to wait for the window, the limit or a contact is told to its standing.
pub(crate) fn make<'a>(
    case: &Case<'a>,
    standings: &mut [Standing<'a>],
    others: Vec<Ready<'a>>,
    reasons: &mut Vec<Reason>,
    wakes: &mut Vec<Option<DateTime<Utc>>>,
) -> Vec<Action> {
    let mut ready: Vec<(Option<usize>, Ready<'a>)> = standings
        .iter_mut()
        .enumerate()
        .filter_map(|(i, s)| s.ready.take().map(|r| (Some(i), r)))
        .chain(others.into_iter().map(|r| (None, r)))
        .collect();
    let house: Vec<_> = ready
        .extract_if(.., |(_, r)| r.family == Family::House)
        .map(|(_, r)| r)
        .collect();
    let mut actions = grouped(case, &house, None);
    wakes.extend(house.iter().any(asks_hooks).then(|| Some(case.now + SOON)));
    ready.retain(|(index, ready)| {
        // What is done at once changes what comes next: it is decided anew right after.
        let waits = moved_by(case, &house, ready.invoice.id) && index.is_some();
        if waits {
            let first = ReasonKind::AnswersFirst {
                step: ready.title.clone(),
            };
            let soon = Some(case.now + SOON);
            postpone(case, standings, *index, Some(Reason::plain(first)), soon, wakes);
        }
        !waits
    });
    if ready.is_empty() {
        return actions;
    }
    let Some(closes) = case.window.closes(case.now) else {
        let opens = case.window.opens(case.now);
        for (index, _) in &ready {
            let why = opens.map(|opens| case.because(ReasonKind::OutsideWindow { opens }));
            postpone(case, standings, *index, why, opens, wakes);
        }
        return actions;
    };
    ready.sort_by_key(|(_, r)| urgency(r));
    let mut allowance = Allowance::of(case);
    let mut opened = BTreeSet::new();
    let mut admitted = Vec::new();
    let mut unreachable = Vec::new();
    let mut answered = BTreeSet::new();
    for (index, ready) in ready {
        if answered.contains(&ready.invoice.id) {
            let first = ReasonKind::AnswersFirst {
                step: ready.title.clone(),
            };
            let tomorrow = case.opens_in(1);
            postpone(
                case,
                standings,
                index,
                Some(Reason::plain(first)),
                tomorrow,
                wakes,
            );
            continue;
        }
        let keys = message_keys(case, &ready);
        if !leads_to_somebody(case, &ready) {
            let why = case.because(ReasonKind::NoUsableContact);
            postpone(case, standings, index, Some(why), None, &mut Vec::new());
            unreachable.push(ready);
            continue;
        }
        let new = keys.iter().filter(|k| !opened.contains(*k)).count();
        if allowance.take(case, new) {
            if ready.family == Family::Answer && !keys.is_empty() {
                answered.insert(ready.invoice.id);
            }
            opened.extend(keys);
            admitted.push(ready);
            continue;
        }
        let until = if allowance.under_way {
            None
        } else {
            allowance.next_room(case, new)
        };
        let why = until.map_or(ReasonKind::MessageUnderWay, |until| ReasonKind::MessageLimit {
            until,
        });
        let why = case.because(why);
        reasons.extend(index.is_none().then(|| why.clone()));
        postpone(case, standings, index, Some(why), until, wakes);
    }
    wakes.extend(admitted.iter().any(asks_hooks).then(|| Some(case.now + SOON)));
    actions.extend(grouped(case, &admitted, Some(closes)));
    actions.extend(fix_contact(case, &unreachable, reasons));
    actions
}

/// Whether a hook is asked for the first time: what it said changes what comes next.
fn asks_hooks(ready: &Ready<'_>) -> bool {
    ready.open.iter().any(|place| ready.hooked.at(*place).is_some())
}

/// The most urgent first: dunning by level and age, then courtesy by how near the due date is, then thanks.
fn urgency(ready: &Ready<'_>) -> impl Ord + use<> {
    // What follows the last level has no number, and goes before all of them.
    let beyond = if ready.family == Family::Dunning {
        u8::MAX
    } else {
        0
    };
    (
        ready.family,
        Reverse(ready.level.unwrap_or(beyond)),
        ready.lead,
        ready.invoice.due,
        ready.invoice.id,
    )
}

/// The medium of an act of a step, and its place among the acts of this medium.
fn slot<'a>(case: &Case<'a>, ready: &Ready<'a>, act: u16) -> Option<(Medium, usize)> {
    let own = medium(case, ready, act)?;
    let same = |place: &u16| medium(case, ready, *place).as_ref() == Some(&own);
    let acts = 0..u16::try_from(ready.acts.len()).unwrap_or(u16::MAX);
    let before = acts
        .chain(ready.hooked.places())
        .take_while(|place| *place != act);
    let place = before.filter(same).count();
    Some((own, place))
}

fn medium<'a>(case: &Case<'a>, ready: &Ready<'a>, act: u16) -> Option<Medium> {
    Some(match doing::of(case, ready, act)? {
        Doing::Message(_, way) => match way {
            Way::Mail => Medium::Email,
            Way::Post { medium, .. } => Medium::Post(medium.to_owned()),
            Way::Hand { medium, .. } => Medium::ByHand(medium.to_owned()),
        },
        Doing::Call(_) => Medium::Call,
        Doing::Task(task) => Medium::Task(task.name.to_owned()),
        Doing::Approve { by, .. } => Medium::Approval(ready.name.clone().into_owned(), by.to_owned()),
        Doing::HandOver => Medium::HandOver,
        Doing::Continue { .. } | Doing::CancelPlan | Doing::ExpectCredit => Medium::AtOnce,
        Doing::Hook { .. } => Medium::Hook,
        Doing::Note(text) => Medium::Note(text.to_owned()),
        Doing::Notice { webhook, body } => Medium::Notice(webhook.to_owned(), body.to_owned()),
    })
}

/// The person to whom an act of a step goes: what goes to two people is no one message.
fn person<'a>(case: &Case<'a>, ready: &Ready<'a>, act: u16) -> Option<ContactId> {
    let asks = ready.hooked.asks;
    let contact = match doing::of(case, ready, act)? {
        Doing::Message(_, way) => way.contact(case, asks),
        Doing::Call(_) => work::to_call(case, asks),
        _ => None,
    };
    contact.map(|contact| contact.id)
}

fn key<'a>(case: &Case<'a>, ready: &Ready<'a>, act: u16) -> Option<Key> {
    let thanked_once = ready.family == Family::Thanks
        && case
            .scenario
            .thanks
            .as_ref()
            .is_some_and(|t| t.at_most_once_per.is_some());
    let (medium, place) = slot(case, ready, act)?;
    let answers = matches!(ready.family, Family::House | Family::Answer);
    let answer = answers.then_some((ready.span.file, ready.span.start));
    let share = match &case.scenario.group {
        _ if matches!(medium, Medium::AtOnce | Medium::Hook) => Share::Alone(ready.invoice.id),
        _ if thanked_once => Share::All,
        Grouping::Customer => Share::All,
        Grouping::Invoice => Share::Alone(ready.invoice.id),
        Grouping::Fact(fact) => Share::Same(same(case, fact, ready).0),
    };
    let person = person(case, ready, act);
    Some((ready.family, medium, place, answer, person, share))
}

/// The value of the fact that the scenario groups by, in words, and what was read for it. Invoices for which it is unknown share.
fn same<'a>(case: &Case<'a>, fact: &Expr, ready: &Ready<'a>) -> (String, Vec<FactRead>) {
    let mut trace = Trace::default();
    let value = value(fact, &case.scope(Some(ready.invoice)), &mut trace).to_string();
    (value, trace.facts)
}

/// The messages that a step needs.
fn message_keys<'a>(case: &Case<'a>, ready: &Ready<'a>) -> Vec<Key> {
    ready
        .open
        .iter()
        .filter_map(|act| key(case, ready, *act))
        .filter(|(_, medium, ..)| medium.is_message())
        .collect()
}

/// Whether something that is done at once changes what comes next for an invoice.
fn moved_by(case: &Case<'_>, house: &[Ready<'_>], invoice: InvoiceId) -> bool {
    let of_it = house.iter().filter(|r| r.invoice.id == invoice);
    let mut kinds = of_it.flat_map(|r| r.open.iter().filter_map(|act| medium(case, r, *act)));
    kinds.any(|medium| medium == Medium::AtOnce)
}

/// Whether there is somebody for each message of a step.
fn leads_to_somebody<'a>(case: &Case<'a>, ready: &Ready<'a>) -> bool {
    ready.open.iter().all(|act| match doing::of(case, ready, *act) {
        Some(Doing::Message(_, way)) => way.leads_to_somebody(case, ready.hooked.asks),
        _ => true,
    })
}

/// Tells a standing that its step has to wait until a moment, or for an event.
fn postpone(
    case: &Case<'_>,
    standings: &mut [Standing<'_>],
    index: Option<usize>,
    why: Option<Reason>,
    until: Option<DateTime<Utc>>,
    wakes: &mut Vec<Option<DateTime<Utc>>>,
) {
    wakes.push(until);
    if let Some(standing) = index.and_then(|i| standings.get_mut(i)) {
        standing.reasons.extend(why);
        standing.next_on = until.map(|at| case.window.day_of(at));
        standing.wake = earliest(standing.wake, until);
    }
}

/// One action for each group. The invoices come with the most urgent first, so the first of a group speaks.
fn grouped<'a>(case: &Case<'a>, admitted: &[Ready<'a>], closes: Option<DateTime<Utc>>) -> Vec<Action> {
    let mut groups: BTreeMap<Key, Vec<(&Ready<'a>, u16)>> = BTreeMap::new();
    for ready in admitted {
        for act in &ready.open {
            if let Some(key) = key(case, ready, *act) {
                groups.entry(key).or_default().push((ready, *act));
            }
        }
    }
    groups
        .values()
        .filter_map(|members| action(case, members, closes))
        .collect()
}

fn action<'a>(
    case: &Case<'a>,
    members: &[(&Ready<'a>, u16)],
    closes: Option<DateTime<Utc>>,
) -> Option<Action> {
    let (speaker, act) = members.first()?;
    let mut reasons = speaker.reasons.clone();
    if members.len() > 1 {
        let kind = ReasonKind::Grouped {
            invoices: u32::try_from(members.len()).unwrap_or(u32::MAX),
            level: speaker.level,
        };
        reasons.push(match &case.scenario.group {
            Grouping::Fact(fact) => {
                Reason::said_by(kind, case.source(fact.span)).with_facts(same(case, fact, speaker).1)
            }
            Grouping::Customer | Grouping::Invoice => case.because(kind),
        });
    }
    let (mut kind, why) = work::of(
        case,
        speaker.invoice,
        doing::of(case, speaker, *act)?,
        speaker.hooked.asks,
    )?;
    reasons.extend(why);
    if members
        .iter()
        .any(|(member, act)| doing::is_watched(case, member, *act))
    {
        kind.watch();
    }
    let with: BTreeSet<Attachment> = members
        .iter()
        .flat_map(|(member, act)| doing::attached(case, member, *act))
        .copied()
        .collect();
    kind.attach(with.into_iter().collect());
    reasons.extend(
        kind.attached()
            .iter()
            .map(|what| Reason::plain(ReasonKind::Attached { what: *what })),
    );
    reasons.extend(unheard(members, &kind));
    for (member, _) in members {
        reasons.extend(
            member
                .claim
                .iter()
                .flat_map(|claim| charges::reasons(member.invoice, claim, charging(case, member.acts))),
        );
    }
    // What a person does may be done at any hour.
    let leaves = matches!(kind, ActionKind::Email { .. } | ActionKind::Webhook { .. });
    let not_after = closes.filter(|_| leaves);
    Some(Action {
        step: speaker.step_ref(case),
        act: *act,
        kind,
        items: members.iter().map(|(r, act)| item(case, r, *act)).collect(),
        not_after,
        reasons,
    })
}

/// The line that says what is charged.
pub(super) fn charging(case: &Case<'_>, acts: &[Act]) -> Option<SourceRef> {
    let charge = acts.iter().find(|act| matches!(act.kind, ActKind::Charge { .. }));
    charge.map(|act| case.source(act.span))
}

/// The tones that hooks asked for and that the invoice which speaks does not have.
fn unheard(members: &[(&Ready<'_>, u16)], kind: &ActionKind) -> Vec<Reason> {
    let spoken = match kind {
        ActionKind::Email { tone, .. }
        | ActionKind::Webhook { tone, .. }
        | ActionKind::ByHand { tone, .. }
        | ActionKind::Call { tone, .. } => *tone,
        _ => return Vec::new(),
    };
    let asked = members
        .iter()
        .filter_map(|(member, _)| Some((member.invoice, member.hooked.asks.tone?)));
    asked
        .filter(|(_, tone)| *tone != spoken)
        .map(|(invoice, tone)| {
            Reason::plain(ReasonKind::HookToneShared {
                invoice: invoice.number.clone(),
                tone: tone_name(tone).to_owned(),
            })
        })
        .collect()
}

fn item<'a>(case: &Case<'a>, ready: &Ready<'a>, act: u16) -> ActionItem {
    ActionItem {
        invoice: ready.invoice.id,
        step: ready.name.clone().into_owned(),
        level: ready.level,
        act,
        link: doing::link(case, ready, act),
        cycle: ready.invoice.cycle,
        balance: ready.invoice.balance,
        claim: ready.claim.clone(),
    }
}

/// Whether the rules ask a person themselves when a message comes back, and one did.
fn asked_by_rules(case: &Case<'_>) -> bool {
    let mut events = case.scenario.events.iter();
    let asks = |acts: &[Act]| acts.iter().any(|act| matches!(act.kind, ActKind::Task(_)));
    events.any(|e| e.kind == EventKind::Bounce && asks(&e.acts))
        && case.facts.contacts.iter().any(|c| c.email == Reach::Bounced)
}

/// A task to find someone who can be written to, once. Thanks alone are not worth one.
fn fix_contact<'a>(case: &Case<'a>, unreachable: &[Ready<'a>], reasons: &mut Vec<Reason>) -> Option<Action> {
    let speaker = unreachable.first()?;
    reasons.push(case.because(ReasonKind::NoUsableContact));
    if case.facts.fixing_contact || speaker.family == Family::Thanks || asked_by_rules(case) {
        return None;
    }
    let act = *speaker.open.first()?;
    let mut why = speaker.reasons.clone();
    why.push(case.because(ReasonKind::NoUsableContact));
    Some(Action {
        step: speaker.step_ref(case),
        act,
        kind: ActionKind::FixContact {
            assign: FIXES_CONTACTS.to_owned(),
            due: case.business.plus(case.today, 1),
        },
        items: unreachable
            .iter()
            .filter(|r| r.family != Family::Thanks)
            .filter_map(|r| Some(item(case, r, *r.open.first()?)))
            .collect(),
        not_after: None,
        reasons: why,
    })
}

//! What an act of a step comes to for one invoice: what is written, or what is done instead of a message that came back.

use chrono::NaiveDate;
use relance_dsl::checked::{Act, ActKind, Attachment, Call, Message, Resume, Task, Unreached};
use relance_dsl::period::Period;

use super::case::Case;
use super::hooked::Asks;
use super::standing::Ready;
use super::way::Way;
use super::{resumed, track};
use crate::facts::Invoice;
use crate::hooks::Effect;

/// Something that is done.
#[derive(Debug, Clone, Copy)]
pub(super) enum Doing<'a> {
    /// A message, and the way by which it goes.
    Message(&'a Message, Way<'a>),
    Call(&'a Call),
    Task(Chore<'a>),
    Approve {
        by: &'a str,
        within: Option<Period>,
    },
    HandOver,
    Continue {
        at: Resume,
        not_before: NaiveDate,
    },
    CancelPlan,
    ExpectCredit,
    /// A hook was asked, and gave this.
    Hook {
        hook: &'a str,
        effects: &'a [Effect],
    },
    Note(&'a str),
    Notice {
        webhook: &'a str,
        body: &'a str,
    },
}

/// A task, of the rules or of a hook.
#[derive(Debug, Clone, Copy)]
pub(super) struct Chore<'a> {
    pub name: &'a str,
    pub title: Option<&'a str>,
    pub assign: &'a str,
    pub within: Option<Period>,
}

impl<'a> From<&'a Task> for Chore<'a> {
    fn from(task: &'a Task) -> Self {
        Self {
            name: &task.name,
            title: task.title.as_deref(),
            assign: &task.assign,
            within: task.within,
        }
    }
}

/// What the act at this place is for the invoice now; behind the acts are places of what hooks want done. None for what is no work.
pub(super) fn of<'a>(case: &Case<'a>, ready: &Ready<'a>, place: u16) -> Option<Doing<'a>> {
    let Some(act) = ready.acts.get(usize::from(place)) else {
        return ready.hooked.effect(place).and_then(wanted);
    };
    let (act, link) = reaching(case, ready, place, act);
    match &act.kind {
        ActKind::Message(message) => {
            let refused = track::failed(ready.invoice, &ready.name, place, link) > 0;
            Some(Doing::Message(message, Way::of(case, &message.channel, refused)))
        }
        ActKind::Continue { at, after } => Some(Doing::Continue {
            at: *at,
            not_before: resumed::not_before(case, ready, *after),
        }),
        ActKind::Call(call) => Some(Doing::Call(call)),
        ActKind::Task(task) => Some(Doing::Task(task.into())),
        ActKind::Approve { by, within } => Some(Doing::Approve { by, within: *within }),
        ActKind::HandOver => Some(Doing::HandOver),
        ActKind::CancelPlan => Some(Doing::CancelPlan),
        ActKind::ExpectCreditNote => Some(Doing::ExpectCredit),
        ActKind::Hook(_) => {
            let (hook, effects) = ready.hooked.at(place)?;
            Some(Doing::Hook { hook, effects })
        }
        ActKind::Charge { .. } => None,
    }
}

/// What a hook wants done beside the acts.
fn wanted(effect: &Effect) -> Option<Doing<'_>> {
    match effect {
        Effect::Task { name, assign, within } => Some(Doing::Task(Chore {
            name,
            title: None,
            assign,
            within: *within,
        })),
        Effect::Note { text } => Some(Doing::Note(text)),
        Effect::Webhook { name, body } => Some(Doing::Notice { webhook: name, body }),
        Effect::Skip
        | Effect::Delay { .. }
        | Effect::Jump { .. }
        | Effect::Tone { .. }
        | Effect::Contact { .. } => None,
    }
}

/// Whether something is done when the message at this place is not opened in time.
pub(super) fn is_watched<'a>(case: &Case<'a>, ready: &Ready<'a>, place: u16) -> bool {
    let act = ready.acts.get(usize::from(place));
    let link = act.map(|act| reaching(case, ready, place, act).0);
    link.and_then(Act::or_else).is_some_and(|other| {
        other
            .when
            .iter()
            .any(|when| matches!(when, Unreached::NotOpened(_)))
    })
}

/// What goes with the message at this place.
pub(super) fn attached<'a>(case: &Case<'a>, ready: &Ready<'a>, place: u16) -> &'a [Attachment] {
    let act = ready.acts.get(usize::from(place));
    match act.map(|act| &reaching(case, ready, place, act).0.kind) {
        Some(ActKind::Message(message)) => &message.attach,
        _ => &[],
    }
}

/// Which link of its chain the act at this place is now.
pub(super) fn link<'a>(case: &Case<'a>, ready: &Ready<'a>, place: u16) -> u16 {
    let act = ready.acts.get(usize::from(place));
    act.map_or(0, |act| reaching(case, ready, place, act).1)
}

/// What is written; or the first link after it that did not come back. A message that nobody can be sent is as good as one that
/// came back.
fn reaching<'a>(case: &Case<'a>, ready: &Ready<'a>, place: u16, act: &'a Act) -> (&'a Act, u16) {
    let of_step = (ready.invoice, ready.name.as_ref());
    link_now(case, of_step, ready.hooked.asks, place, act)
}

/// The same for the act at a place of a step, by the invoice and the name of the step.
pub(super) fn link_now<'a>(
    case: &Case<'a>,
    (invoice, step): (&'a Invoice, &str),
    asks: Asks<'a>,
    place: u16,
    act: &'a Act,
) -> (&'a Act, u16) {
    let furthest = track::furthest(invoice, step, place);
    let links = || act.chain().zip(0_u16..);
    // Rules that lost links since leave the last that there is.
    let start = links().take_while(|(_, link)| *link <= furthest).last();
    let (mut act, mut link) = start.unwrap_or((act, 0));
    while let Some(other) = act
        .or_else()
        .filter(|other| other.when.contains(&Unreached::Bounced))
    {
        let failed = track::failed(invoice, step, place, link) > 0;
        let sendable = match &act.kind {
            ActKind::Message(message) => {
                Way::of(case, &message.channel, failed).leads_to_somebody(case, asks)
            }
            _ => true,
        };
        if !failed && sendable {
            break;
        }
        (act, link) = (&other.act, link.saturating_add(1));
    }
    (act, link)
}

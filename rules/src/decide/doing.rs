//! What an act of a step comes to for one invoice: what is written, or what is done instead of a message that came back.

use chrono::NaiveDate;
use relance_dsl::checked::{ActKind, Call, FallbackKind, Message, Resume, Task, Unreached};
use relance_dsl::period::Period;

use super::case::Case;
use super::standing::Ready;
use super::way::Way;
use super::{resumed, track};
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
    match &act.kind {
        ActKind::Message(message) => Some(reaching(case, ready, place, message)),
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

/// The message; or what stands after `else`, one further for each time that it came back. A message that nobody can be sent is as
/// good as one that came back.
fn reaching<'a>(case: &Case<'a>, ready: &Ready<'a>, place: u16, message: &'a Message) -> Doing<'a> {
    let mut failed = track::failed(ready.invoice, &ready.name, place);
    let way = |message: &'a Message, failed: usize| {
        Doing::Message(message, Way::of(case, &message.channel, failed > 0))
    };
    let mut doing = way(message, failed);
    for fallback in &message.fallbacks {
        let unsendable =
            matches!(doing, Doing::Message(_, way) if !way.leads_to_somebody(case, ready.hooked.asks));
        if !fallback.when.contains(&Unreached::Bounced) || failed == 0 && !unsendable {
            break;
        }
        failed = failed.saturating_sub(1);
        doing = match &fallback.kind {
            FallbackKind::Message(message) => way(message, failed),
            FallbackKind::Call(call) => Doing::Call(call),
            FallbackKind::Task(task) => Doing::Task(task.into()),
        };
    }
    doing
}

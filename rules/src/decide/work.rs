//! What an act of a step becomes: a mail, a post, or work for a person.

use chrono::NaiveDate;
use relance_dsl::checked::{Call, Message, OutcomeKind, Resume};
use relance_dsl::period::Period;

use super::case::Case;
use super::doing::{Chore, Doing};
use super::hooked::Asks;
use super::way::{Hand, Way};
use super::{body, contact, voice};
use crate::approvals;
use crate::days::plus_days;
use crate::decision::ActionKind;
use crate::facts::{Contact, Invoice, Resumed};
use crate::hooks::Effect;
use crate::reason::{Reason, ReasonKind};
use crate::stops::after;

/// The role that sends by hand what no machine sends.
const SENDS: &str = "collector";

/// The role to which a case is handed over: users have no role of the legal department.
const HANDS_OVER: &str = "credit_manager";

/// What is done, with the reasons for the choices in it. None when nobody can be written to.
pub(super) fn of<'a>(
    case: &Case<'a>,
    invoice: &'a Invoice,
    doing: Doing<'_>,
    asks: Asks<'_>,
) -> Option<(ActionKind, Vec<Reason>)> {
    match doing {
        Doing::Message(message, way) => match way {
            Way::Mail => mail(case, message, way, asks),
            Way::Post { medium, webhook } => {
                let body = body::of(case, invoice, medium, way.contact(case, asks)).transpose();
                Some(post(case, message, way, asks, (medium, webhook), body.ok()?))
            }
            Way::Hand { medium, because } => Some(letter(case, message, way, asks, medium, because)),
        },
        Doing::Call(call) => Some(telephone(case, call, asks)),
        Doing::Task(task) => Some(chore(case, task)),
        Doing::Approve { by, within } => {
            let (due, until) = approvals::days(case.today, within, &case.business);
            let assign = by.to_owned();
            Some((ActionKind::Approval { assign, due, until }, Vec::new()))
        }
        Doing::HandOver => {
            let kind = ActionKind::HandOver {
                assign: HANDS_OVER.to_owned(),
                due: case.business.plus(case.today, 1),
            };
            Some((kind, Vec::new()))
        }
        Doing::Continue { at, not_before } => {
            Some((ActionKind::Continue(Resumed { at, not_before }), Vec::new()))
        }
        Doing::CancelPlan => Some((ActionKind::CancelPlan, Vec::new())),
        Doing::ExpectCredit => Some((ActionKind::ExpectCredit, Vec::new())),
        Doing::Hook { hook, effects } => Some((asked(case, hook, effects), Vec::new())),
        Doing::Note(text) => Some((
            ActionKind::Note {
                text: text.to_owned(),
            },
            Vec::new(),
        )),
        Doing::Notice { webhook, body } => Some(notice(case, webhook, body)),
    }
}

/// That a hook was asked, and where dunning goes on when it says so: on the day after at the earliest.
fn asked(case: &Case<'_>, hook: &str, effects: &[Effect]) -> ActionKind {
    let resumed = effects.iter().find_map(|effect| match effect {
        Effect::Jump { level } => Some(Resumed {
            at: Resume::Level(*level),
            not_before: plus_days(case.window_day, 1),
        }),
        _ => None,
    });
    ActionKind::Hook {
        hook: hook.to_owned(),
        gave: effects.iter().map(Effect::to_string).collect(),
        resumed,
    }
}

/// What a hook wants told to another system; by a person, when the settings have no address for it.
fn notice(case: &Case<'_>, webhook: &str, body: &str) -> (ActionKind, Vec<Reason>) {
    if case.rulebook.ways().has_webhook(webhook) {
        let kind = ActionKind::Notice {
            webhook: webhook.to_owned(),
            body: body.to_owned(),
        };
        return (kind, Vec::new());
    }
    let title = format!("{webhook}: {body}");
    let task = Chore {
        name: webhook,
        title: Some(&title),
        assign: SENDS,
        within: None,
    };
    let (kind, mut reasons) = chore(case, task);
    reasons.push(Reason::plain(ReasonKind::NoticeUnset {
        webhook: webhook.to_owned(),
    }));
    (kind, reasons)
}

fn mail(
    case: &Case<'_>,
    message: &Message,
    way: Way<'_>,
    asks: Asks<'_>,
) -> Option<(ActionKind, Vec<Reason>)> {
    let contact = way.contact(case, asks)?;
    let tone = asks.tone.or(message.tone);
    let voice = voice::of(case, Some(contact), Some(&message.template), tone);
    let mut reasons = vec![contact_chosen(case, contact)];
    reasons.extend(voice.reasons);
    let kind = ActionKind::Email {
        contact: contact.id,
        template: message.template.clone(),
        language: voice.language,
        tone: voice.tone,
        watched: false,
        attach: Vec::new(),
    };
    Some((kind, reasons))
}

fn post(
    case: &Case<'_>,
    message: &Message,
    way: Way<'_>,
    asks: Asks<'_>,
    (medium, webhook): (&str, &str),
    body: Option<String>,
) -> (ActionKind, Vec<Reason>) {
    let contact = way.contact(case, asks);
    let tone = asks.tone.or(message.tone);
    let voice = voice::of(case, contact, Some(&message.template), tone);
    let mut reasons: Vec<Reason> = contact
        .map(|contact| contact_chosen(case, contact))
        .into_iter()
        .collect();
    reasons.extend(voice.reasons);
    let kind = ActionKind::Webhook {
        medium: medium.to_owned(),
        webhook: webhook.to_owned(),
        contact: contact.map(|c| c.id),
        template: message.template.clone(),
        language: voice.language,
        tone: voice.tone,
        body,
        watched: false,
        attach: Vec::new(),
    };
    (kind, reasons)
}

fn letter(
    case: &Case<'_>,
    message: &Message,
    way: Way<'_>,
    asks: Asks<'_>,
    medium: &str,
    because: Hand<'_>,
) -> (ActionKind, Vec<Reason>) {
    let contact = way.contact(case, asks);
    let tone = asks.tone.or(message.tone);
    let voice = voice::of(case, contact, Some(&message.template), tone);
    let mut reasons = because.reasons(medium);
    reasons.extend(contact.map(|contact| contact_chosen(case, contact)));
    reasons.extend(voice.reasons);
    let kind = ActionKind::ByHand {
        medium: medium.to_owned(),
        contact: contact.map(|c| c.id),
        template: message.template.clone(),
        language: voice.language,
        tone: voice.tone,
        assign: SENDS.to_owned(),
        due: case.today,
        attach: Vec::new(),
    };
    (kind, reasons)
}

fn telephone(case: &Case<'_>, call: &Call, asks: Asks<'_>) -> (ActionKind, Vec<Reason>) {
    let contact = to_call(case, asks);
    let voice = voice::of(case, contact, call.script.as_deref(), asks.tone);
    let mut reasons: Vec<Reason> = contact
        .map(|contact| contact_chosen(case, contact))
        .into_iter()
        .collect();
    reasons.extend(voice.reasons);
    let kind = ActionKind::Call {
        script: call.script.clone(),
        assign: call.assign.clone(),
        due: due(case, call.within),
        contact: contact.map(|c| c.id),
        language: voice.language,
        tone: voice.tone,
        retries: call
            .outcomes
            .iter()
            .find_map(|outcome| match outcome.kind {
                OutcomeKind::Retry { at_most, .. } => Some(at_most),
                _ => None,
            })
            .unwrap_or_default(),
        dispute: call.outcomes.iter().find_map(|outcome| match &outcome.kind {
            OutcomeKind::OpenDispute(category) => category.clone(),
            _ => None,
        }),
    };
    (kind, reasons)
}

/// Whom to call, when anybody has a telephone that we know of.
pub(super) fn to_call<'a>(case: &Case<'a>, asks: Asks<'_>) -> Option<&'a Contact> {
    contact::asked(case, asks.role, |c| c.has_phone)
}

fn chore(case: &Case<'_>, task: Chore<'_>) -> (ActionKind, Vec<Reason>) {
    let contact = contact::choose(&case.scenario.contact, &case.facts.contacts, |_| true);
    let scripted = case.rulebook.templates().any(|(t, _)| t.name == task.name);
    let voice = voice::of(case, contact, scripted.then_some(task.name), None);
    let written = case.rulebook.template(task.name, &voice.language, voice.tone);
    let kind = ActionKind::Task {
        name: task.name.to_owned(),
        title: task.title.map(str::to_owned),
        script: written.map(|_| task.name.to_owned()),
        assign: task.assign.to_owned(),
        due: due(case, task.within),
        contact: contact.map(|c| c.id),
        language: voice.language,
        tone: voice.tone,
    };
    (
        kind,
        contact
            .map(|contact| contact_chosen(case, contact))
            .into_iter()
            .collect(),
    )
}

/// The day by which a person does something; the same day when nothing is written.
fn due(case: &Case<'_>, within: Option<Period>) -> NaiveDate {
    within.map_or(case.today, |period| after(case.today, period, &case.business))
}

fn contact_chosen(case: &Case<'_>, contact: &Contact) -> Reason {
    case.because(ReasonKind::ContactChosen {
        contact: contact.name.clone(),
    })
}

//! Something that was done, and how it is written down: one line, the same for the same act, in the language of the test's file.

use chrono::NaiveDate;
use relance_dsl::checked::{Channel, Resume, Tone};
use relance_dsl::lang::Lang;

use crate::approvals;
use crate::days::plus_days;
use crate::decide::{happened, thanks};
use crate::decision::{Action, ActionItem, ActionKind};
use crate::facts::{AccountFacts, Resumed};
use crate::ids::InvoiceId;
use crate::reason::Reason;
use crate::rulebook::tone_name;
use crate::words::{self, Language};

/// The name of the task to find someone who can be written to.
pub(super) const FIX_CONTACT: &str = "fix_contact";

/// A reason, with the invoice when it is that of one alone.
pub(super) type Why = (Option<InvoiceId>, Reason);

/// Something that was done.
#[derive(Debug, Clone)]
pub(super) struct Done {
    pub day: NaiveDate,
    pub action: Action,
    /// All that led to it: of the act itself, of its invoices, of the account.
    pub reasons: Vec<Why>,
    /// As it stands in a timeline, with its day.
    pub line: String,
    /// Nobody gave this approval in time: somebody is asked to look after it.
    pub expired: bool,
}

/// An act as expectations see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen<'a> {
    /// By its medium, as [`medium`] names it, and template.
    Message(&'a str, &'a str),
    /// By its script.
    Call(Option<&'a str>),
    /// By its name.
    Task(&'a str),
    /// Somebody is asked to agree.
    Approval,
    /// The legal department takes over.
    HandOver,
    /// A note, by what it says.
    Note(&'a str),
    /// A post to another system, by its name.
    Notice(&'a str),
    /// Something that is noted only, and that nobody sees.
    AtOnce,
}

impl Done {
    /// What kind of act it is. A new kind of action needs an arm here, in [`words_of`] and in `carry`.
    pub(super) fn seen(&self) -> Seen<'_> {
        match &self.action.kind {
            ActionKind::Email { template, .. } => Seen::Message(medium(&Channel::Email), template),
            ActionKind::Call { script, .. } => Seen::Call(script.as_deref()),
            ActionKind::Webhook { medium, template, .. } | ActionKind::ByHand { medium, template, .. } => {
                Seen::Message(medium, template)
            }
            ActionKind::Task { name, .. } => Seen::Task(name),
            ActionKind::Approval { .. } if self.expired => Seen::Task(approvals::EXPIRED),
            ActionKind::Approval { .. } => Seen::Approval,
            ActionKind::HandOver { .. } => Seen::HandOver,
            ActionKind::FixContact { .. } => Seen::Task(FIX_CONTACT),
            ActionKind::Note { text } => Seen::Note(text),
            ActionKind::Notice { webhook, .. } => Seen::Notice(webhook),
            ActionKind::Continue(_)
            | ActionKind::CancelPlan
            | ActionKind::ExpectCredit
            | ActionKind::Hook { .. } => Seen::AtOnce,
        }
    }

    /// The language and tone in which it speaks, if it does.
    pub(super) fn voice(&self) -> Option<(&str, Tone)> {
        match &self.action.kind {
            ActionKind::Email { language, tone, .. }
            | ActionKind::Call { language, tone, .. }
            | ActionKind::Webhook { language, tone, .. }
            | ActionKind::ByHand { language, tone, .. }
            | ActionKind::Task { language, tone, .. } => Some((language, *tone)),
            ActionKind::Approval { .. }
            | ActionKind::HandOver { .. }
            | ActionKind::FixContact { .. }
            | ActionKind::Continue(_)
            | ActionKind::CancelPlan
            | ActionKind::ExpectCredit
            | ActionKind::Hook { .. }
            | ActionKind::Note { .. }
            | ActionKind::Notice { .. } => None,
        }
    }

    /// Whether it concerns an invoice; any, when `None`.
    pub(super) fn concerns(&self, invoice: Option<InvoiceId>) -> bool {
        invoice.is_none_or(|id| self.action.items.iter().any(|item| item.invoice == id))
    }
}

/// The name of a medium.
pub(super) fn medium(channel: &Channel) -> &str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
        Channel::Letter => "letter",
        Channel::RegisteredLetter => "registered_letter",
        Channel::Custom(name) => name,
    }
}

/// The line of an action that is done on a day.
pub(super) fn line(facts: &AccountFacts, action: &Action, day: NaiveDate, lang: Lang) -> String {
    let items: Vec<_> = action
        .items
        .iter()
        .map(|item| item_words(facts, item, lang))
        .collect();
    let colon = lang.pick(":", " :");
    format!(
        "{day} {}{colon} {}",
        words_of(&action.kind, lang),
        items.join(", ")
    )
}

/// The line of an approval that nobody gave in time.
pub(super) fn expired(facts: &AccountFacts, action: &Action, day: NaiveDate, lang: Lang) -> String {
    let ActionKind::Approval { assign, until, .. } = &action.kind else {
        return String::new();
    };
    let expired = Action {
        kind: ActionKind::Task {
            name: approvals::EXPIRED.to_owned(),
            title: None,
            script: None,
            assign: approvals::above(assign).to_owned(),
            due: plus_days(*until, 1),
            contact: None,
            language: String::new(),
            tone: Tone::Courteous,
        },
        ..action.clone()
    };
    line(facts, &expired, day, lang)
}

/// What is done, without its invoices.
fn words_of(kind: &ActionKind, lang: Lang) -> String {
    match kind {
        ActionKind::Email {
            template,
            language,
            tone,
            ..
        } => message("email", template, language, *tone, lang),
        ActionKind::Webhook {
            medium,
            template,
            language,
            tone,
            ..
        } => message(medium, template, language, *tone, lang),
        ActionKind::ByHand {
            medium,
            template,
            language,
            tone,
            assign,
            due,
            ..
        } => {
            let message = message(&medium_words(medium, lang), template, language, *tone, lang);
            format!("{message}, {}", person(assign, *due, lang))
        }
        ActionKind::Call {
            script, assign, due, ..
        } => {
            let call = lang.pick("call", "appel");
            let script = script.as_ref().map_or(String::new(), |s| format!(" {s}"));
            format!("{call}{script} {}", person(assign, *due, lang))
        }
        ActionKind::Task {
            name, assign, due, ..
        } => task(name, assign, *due, lang),
        ActionKind::FixContact { assign, due } => task(FIX_CONTACT, assign, *due, lang),
        ActionKind::Approval { assign, due, .. } => {
            format!(
                "{} {}",
                lang.pick("approval", "validation"),
                person(assign, *due, lang)
            )
        }
        ActionKind::HandOver { assign, due } => {
            let over = lang.pick("hand over to legal", "transmettre au contentieux");
            format!("{over} {}", person(assign, *due, lang))
        }
        ActionKind::Continue(resumed) => goes_on(*resumed, lang),
        ActionKind::CancelPlan => lang
            .pick("payment plan cancelled", "échéancier annulé")
            .to_owned(),
        ActionKind::ExpectCredit => lang.pick("credit note awaited", "avoir attendu").to_owned(),
        ActionKind::Hook { hook, gave, .. } => {
            let gave = gave.join(", ");
            format!("{} {hook} [{gave}]", lang.pick("hook", "fonction"))
        }
        ActionKind::Note { text } => {
            // A line of a timeline stands in quotes, and has none inside.
            let words: Vec<&str> = text.split_whitespace().collect();
            format!("note {}", words.join(" ").replace('"', "'"))
        }
        ActionKind::Notice { webhook, .. } => format!("webhook {webhook}"),
    }
}

/// Where dunning goes on, and from when.
fn goes_on(resumed: Resumed, lang: Lang) -> String {
    let from = resumed.not_before;
    let place = match resumed.at {
        Resume::Level(level) => format!("{} {level}", lang.pick("at level", "au niveau")),
        Resume::WhereItWas => lang.pick("where it was", "où elle en était").to_owned(),
    };
    match lang {
        Lang::English => format!("goes on {place}, from {from} on"),
        Lang::French => format!("continue {place}, à partir du {from}"),
    }
}

fn message(medium: &str, template: &str, language: &str, tone: Tone, lang: Lang) -> String {
    match lang {
        Lang::English => format!("{medium} {template} in {language}, {}", tone_name(tone)),
        Lang::French => {
            let tone = words::tone(tone, Language::Fr);
            format!("{medium} {template} en {language}, {tone}")
        }
    }
}

fn task(name: &str, assign: &str, due: NaiveDate, lang: Lang) -> String {
    format!(
        "{} {name} {}",
        lang.pick("task", "tâche"),
        person(assign, due, lang)
    )
}

/// Who does it, and until when.
fn person(role: &str, due: NaiveDate, lang: Lang) -> String {
    let role = words::role(role, lang.into());
    match lang {
        Lang::English => format!("by {role}, until {due}"),
        Lang::French => format!("par {role}, d'ici au {due}"),
    }
}

/// A medium as rule files write it; one of the rulebook's own as it is.
fn medium_words(medium: &str, lang: Lang) -> String {
    match medium {
        "letter" => lang.pick("letter", "courrier"),
        "registered_letter" => lang.pick("registered letter", "recommandé"),
        other => other,
    }
    .to_owned()
}

/// An invoice with its level, or its step.
fn item_words(facts: &AccountFacts, item: &ActionItem, lang: Lang) -> String {
    let invoice = facts.invoices.iter().find(|i| i.id == item.invoice);
    let number = invoice.map_or("", |i| i.number.as_str());
    match item.level {
        Some(level) => format!("{number} {} {level}", lang.pick("level", "niveau")),
        None if happened::is_answer(&item.step) => {
            let event = happened::answered(&item.step);
            let event = event.map_or("", |event| words::occurrence(event, lang.into()));
            format!("{number} {event}")
        }
        None if item.step == thanks::STEP => format!("{number} {}", lang.pick("thanks", "remerciement")),
        None => format!("{number} {}", item.step),
    }
}

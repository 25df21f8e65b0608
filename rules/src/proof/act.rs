//! Something that was done, and how it is written down: one line, the same for the same act, in the language of the test's file.

use chrono::NaiveDate;
use relance_dsl::checked::{Channel, Tone};
use relance_dsl::lang::Lang;

use crate::decide::thanks;
use crate::decision::{Action, ActionItem, ActionKind};
use crate::facts::AccountFacts;
use crate::ids::InvoiceId;
use crate::reason::Reason;
use crate::rulebook::tone_name;
use crate::words::{self, Language};

/// The name of the task to find someone who can be written to.
pub(super) const FIX_CONTACT: &str = "fix_contact";

/// Something that was done.
#[derive(Debug, Clone)]
pub(super) struct Done {
    pub day: NaiveDate,
    pub action: Action,
    /// All that led to it: of the act itself, of its invoices, of the account.
    pub reasons: Vec<Reason>,
    /// As it stands in a timeline, with its day.
    pub line: String,
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
}

impl Done {
    /// What kind of act it is. A new kind of action needs an arm here, in [`words_of`] and in `carry`.
    pub(super) fn seen(&self) -> Seen<'_> {
        match &self.action.kind {
            ActionKind::Email { template, .. } => Seen::Message(medium(&Channel::Email), template),
            ActionKind::Call { script, .. } => Seen::Call(script.as_deref()),
            ActionKind::FixContact { .. } => Seen::Task(FIX_CONTACT),
        }
    }

    /// The language and tone in which it speaks, if it does.
    pub(super) fn voice(&self) -> Option<(&str, Tone)> {
        match &self.action.kind {
            ActionKind::Email { language, tone, .. } | ActionKind::Call { language, tone, .. } => {
                Some((language, *tone))
            }
            ActionKind::FixContact { .. } => None,
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

/// What is done, without its invoices.
fn words_of(kind: &ActionKind, lang: Lang) -> String {
    let language = Language::from(lang);
    let role = |role: &str| words::role(role, language);
    let tone = |tone: Tone| match lang {
        Lang::English => tone_name(tone),
        Lang::French => words::tone(tone, language),
    };
    match kind {
        ActionKind::Email {
            template,
            language,
            tone: spoken,
            ..
        } => format!(
            "email {template} {} {language}, {}",
            lang.pick("in", "en"),
            tone(*spoken)
        ),
        ActionKind::Call {
            script, assign, due, ..
        } => {
            let call = lang.pick("call", "appel");
            let script = script.as_ref().map_or(String::new(), |s| format!(" {s}"));
            match lang {
                Lang::English => format!("{call}{script} by {}, until {due}", role(assign)),
                Lang::French => format!("{call}{script} par {}, avant le {due} inclus", role(assign)),
            }
        }
        ActionKind::FixContact { assign, due } => match lang {
            Lang::English => format!("task {FIX_CONTACT} by {}, until {due}", role(assign)),
            Lang::French => format!("tâche {FIX_CONTACT} par {}, avant le {due} inclus", role(assign)),
        },
    }
}

/// An invoice with its level, or its step.
fn item_words(facts: &AccountFacts, item: &ActionItem, lang: Lang) -> String {
    let invoice = facts.invoices.iter().find(|i| i.id == item.invoice);
    let number = invoice.map_or("", |i| i.number.as_str());
    match item.level {
        Some(level) => format!("{number} {} {level}", lang.pick("level", "niveau")),
        None if item.step == thanks::STEP => format!("{number} {}", lang.pick("thanks", "remerciement")),
        None => format!("{number} {}", item.step),
    }
}

//! What was decided for one account, and why: the output of [`crate::decide()`].

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::{Attachment, Tone};
use relance_dsl::money::Money;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::charges::Claim;
use crate::facts::{Resumed, Work};
use crate::ids::{ContactId, InvoiceId};
use crate::reason::{Reason, SourceRef};

/// A whole decision. Total: when there is nothing to do, `outlook` and `reasons` say why.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// The segment, when one holds.
    pub segment: Option<Named>,
    /// The score, when the rulebook has one.
    pub score: Option<ScoreResult>,
    /// The scenario that serves the segment.
    pub scenario: Option<Named>,
    /// What is to be done now. At most one message for each group; the engine does all of it or nothing.
    pub actions: Vec<Action>,
    /// What comes next for each open invoice, or why nothing does. One entry for each open invoice, in input order.
    pub outlook: Vec<Outlook>,
    /// What led to segment, score and scenario; what concerns the whole account.
    pub reasons: Vec<Reason>,
    /// What a person must look at before this account, or an invoice of it, can be decided: a rate that is missing, a hook that
    /// failed. Everything else was decided all the same.
    #[serde(default)]
    pub attention: Vec<Reason>,
    /// When to look again if nothing happens before; none when only an event can change anything.
    pub next_review_at: Option<DateTime<Utc>>,
}

/// A declared name with its title (the name again when it has none).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Name in the rules.
    pub name: String,
    /// Title for people.
    pub title: String,
}

/// The payer score.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ScoreResult {
    /// Points, within the declared range.
    pub points: i32,
    /// The band.
    pub band: Named,
    /// The risk of the payer, between 1 (best) and 2 (worst): [`crate::priority::risk`].
    #[serde(default)]
    pub risk: Decimal,
}

/// Something to do now for one account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Action {
    /// The step that speaks: the highest of its invoices.
    pub step: StepRef,
    /// Which act of the step, from 0.
    pub act: u16,
    /// What is done.
    pub kind: ActionKind,
    /// The invoices that this action moves, each with its own step. Never empty.
    pub items: Vec<ActionItem>,
    /// A message must not leave after this moment: the sending window closes. Then the account is decided anew.
    pub not_after: Option<DateTime<Utc>>,
    /// Why.
    pub reasons: Vec<Reason>,
}

/// A step of a scenario, with its place in the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepRef {
    /// The scenario's name.
    pub scenario: String,
    /// The step's name; `thanks` for thanks.
    pub step: String,
    /// Title for people.
    pub title: String,
    /// The level, for dunning.
    pub level: Option<u8>,
    /// Where it stands.
    pub source: SourceRef,
}

/// One invoice of an action.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ActionItem {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its own step.
    pub step: String,
    /// Its own level.
    pub level: Option<u8>,
    /// Which act of its own step, from 0. In a shared message this may differ from the act of the step that speaks: this one
    /// is part of the key below.
    pub act: u16,
    /// Which link of the chain that begins with the act, from 0: what is written first, then what stands after each `else`.
    #[serde(default, skip_serializing_if = "is_first")]
    pub link: u16,
    /// Its cycle. With company, invoice, scenario, step and act the key that makes a second run harmless.
    pub cycle: i32,
    /// Balance at the decision.
    pub balance: Money,
    /// Interest and fee that this names, as of the day of the decision; none when its step charges nothing, or nothing is owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
}

/// What hooks want done has places from here on, behind the acts of any step.
const FIRST_EFFECT: u16 = 1_000;

/// As many places has each act that is a hook: no call gives more.
const EFFECTS: u16 = 8;

/// The place of what a hook wants done: the hook is the act at `act`, and this is its effect number `which`, from 0. None for a step
/// with more acts than there are places.
pub(crate) fn effect_place(act: u16, which: usize) -> Option<u16> {
    let which = u16::try_from(which).ok().filter(|which| *which < EFFECTS)?;
    FIRST_EFFECT
        .checked_add(act.checked_mul(EFFECTS)?)?
        .checked_add(which)
}

/// The act that is the hook, and which of its effects stands at a place; none for the place of an act.
pub(crate) fn effect_at(place: u16) -> Option<(u16, usize)> {
    let place = place.checked_sub(FIRST_EFFECT)?;
    Some((place / EFFECTS, usize::from(place % EFFECTS)))
}

impl Action {
    /// Whether a hook asked for it: it is done once, and called off only when its invoices are settled.
    pub fn is_of_hook(&self) -> bool {
        effect_at(self.act).is_some()
    }
}

fn is_not(is: &bool) -> bool {
    !*is
}

fn is_first(link: &u16) -> bool {
    *link == 0
}

/// What is done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ActionKind {
    /// A mail.
    Email {
        /// To whom.
        contact: ContactId,
        /// Template name.
        template: String,
        /// Two-letter language; a template exists in it.
        language: String,
        /// Tone.
        tone: Tone,
        /// Something stands after `else ... when not opened`: the message asks to be told when it is opened.
        #[serde(default, skip_serializing_if = "is_not")]
        watched: bool,
        /// What goes with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attach: Vec<Attachment>,
    },
    /// A call, as a task.
    Call {
        /// Script (a template) shown to the caller.
        script: Option<String>,
        /// Role of the user.
        assign: String,
        /// To be done by this day, in the company's time zone.
        due: NaiveDate,
        /// Whom to call, when known.
        contact: Option<ContactId>,
        /// Two-letter language of the conversation.
        language: String,
        /// Tone.
        tone: Tone,
        /// How often it is made again when nobody answers.
        #[serde(default)]
        retries: u16,
        /// Category of the dispute that is opened when something is disputed; `other` when the rules name none.
        #[serde(default)]
        dispute: Option<String>,
    },
    /// A message that is posted to an address of the server's settings.
    Webhook {
        /// The medium of the rulebook's own.
        medium: String,
        /// Name of the address.
        webhook: String,
        /// To whom, when known.
        contact: Option<ContactId>,
        /// Template name.
        template: String,
        /// Two-letter language; a template exists in it.
        language: String,
        /// Tone.
        tone: Tone,
        /// What is posted, when a hook makes it; the message with its words when none does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        body: Option<String>,
        /// As of a mail.
        #[serde(default, skip_serializing_if = "is_not")]
        watched: bool,
        /// What goes with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attach: Vec<Attachment>,
    },
    /// A message that a person sends: no way leads out of this program for its medium.
    ByHand {
        /// `sms`, `letter`, `registered_letter`, or the name of a medium of the rulebook's own.
        medium: String,
        /// To whom, when known.
        contact: Option<ContactId>,
        /// Template name.
        template: String,
        /// Two-letter language; a template exists in it.
        language: String,
        /// Tone.
        tone: Tone,
        /// Role of the user.
        assign: String,
        /// To be done by this day, in the company's time zone.
        due: NaiveDate,
        /// What the person puts with it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attach: Vec<Attachment>,
    },
    /// A task for a person.
    Task {
        /// Its name in the rules.
        name: String,
        /// Its title for people; the name when none is written.
        title: Option<String>,
        /// A template of the task's name, when there is one: what is to be known for it.
        script: Option<String>,
        /// Role of the user.
        assign: String,
        /// To be done by this day, in the company's time zone.
        due: NaiveDate,
        /// Whom it is about at the customer, when known.
        contact: Option<ContactId>,
        /// Two-letter language of the script.
        language: String,
        /// Tone.
        tone: Tone,
    },
    /// Somebody must agree before anything else of the step is done.
    Approval {
        /// Role of the user.
        assign: String,
        /// To be done by this day, in the company's time zone.
        due: NaiveDate,
        /// The last day on which it can be given: on the day after it has expired ([`crate::approvals`]).
        until: NaiveDate,
    },
    /// The invoices go to the legal department.
    HandOver {
        /// Role of the user.
        assign: String,
        /// To be done by this day, in the company's time zone.
        due: NaiveDate,
    },
    /// Dunning goes on elsewhere. Done as soon as it is decided, as the two that follow.
    Continue(Resumed),
    /// The payment plans of the invoices are called off.
    CancelPlan,
    /// A credit note is awaited for the invoices: they are left alone until it comes, or somebody ends that.
    ExpectCredit,
    /// A hook was asked what to do with the step, once. Noted as soon as it is decided; its tasks, notes and posts are actions of their
    /// own.
    Hook {
        /// Its name.
        hook: String,
        /// What it gave, as scripts write it.
        gave: Vec<String>,
        /// Where dunning goes on, when it said so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        resumed: Option<Resumed>,
    },
    /// A note in the customer's history. Written as soon as it is decided.
    Note {
        /// What it says.
        text: String,
    },
    /// A post to a system of the firm's own: nothing that the customer sees.
    Notice {
        /// Name of the address in the server's settings.
        webhook: String,
        /// What is posted.
        body: String,
    },
    /// Nobody at the customer can be written to: someone must find an address first. The items are not moved by this;
    /// at most one open task of this kind for an account.
    FixContact {
        /// Role of the user.
        assign: String,
        /// To be done by this day.
        due: NaiveDate,
    },
}

impl ActionKind {
    /// Asks to be told when it is opened: said of what leaves by itself.
    pub(crate) fn watch(&mut self) {
        if let Self::Email { watched, .. } | Self::Webhook { watched, .. } = self {
            *watched = true;
        }
    }

    /// What goes with the message, in the order of the rules' vocabulary, each once; nothing for what is no message.
    pub fn attached(&self) -> &[Attachment] {
        match self {
            Self::Email { attach, .. } | Self::Webhook { attach, .. } | Self::ByHand { attach, .. } => attach,
            _ => &[],
        }
    }

    /// Puts something with the message.
    pub(crate) fn attach(&mut self, what: Vec<Attachment>) {
        if let Self::Email { attach, .. } | Self::Webhook { attach, .. } | Self::ByHand { attach, .. } = self
        {
            *attach = what;
        }
    }

    /// Whether it is done as soon as it is decided: nobody is asked, and nothing is sent.
    pub fn is_done_at_once(&self) -> bool {
        matches!(
            self,
            Self::Continue(_) | Self::CancelPlan | Self::ExpectCredit | Self::Hook { .. } | Self::Note { .. }
        )
    }

    /// What kind of work it is for the invoices that it moves; none when it moves none.
    pub fn work(&self) -> Option<Work> {
        match self {
            Self::Email { .. } | Self::Webhook { .. } => Some(Work::Message),
            Self::ByHand { .. } => Some(Work::MessageByHand),
            Self::Call { .. } => Some(Work::Call),
            Self::Task { .. } => Some(Work::Task),
            Self::Approval { .. } => Some(Work::Approval),
            Self::HandOver { .. } => Some(Work::HandOver),
            Self::Continue(_) => Some(Work::Continue),
            Self::CancelPlan => Some(Work::CancelPlan),
            Self::ExpectCredit => Some(Work::ExpectCredit),
            Self::Hook { .. } => Some(Work::Hook),
            Self::Note { .. } => Some(Work::Note),
            Self::Notice { .. } => Some(Work::Notice),
            Self::FixContact { .. } => None,
        }
    }
}

/// What comes next for one invoice.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outlook {
    /// The invoice.
    pub invoice: InvoiceId,
    /// Its cycle.
    pub cycle: i32,
    /// The last step carried out.
    pub last_step: Option<String>,
    /// The last level carried out.
    pub last_level: Option<u8>,
    /// The step that comes next, if one does.
    pub next: Option<StepRef>,
    /// The earliest day for it, local to the sending window; none when it waits for an event.
    pub next_on: Option<NaiveDate>,
    /// Why then, or why nothing. Never empty.
    pub reasons: Vec<Reason>,
}

//! What steps, events and reactions do.

use super::declare::{Charge, HookCall};
use super::{Expr, Tone};
use crate::period::Period;
use crate::span::Span;

pub use crate::ast::{Attachment, CallOutcome, Channel};

/// Something that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// Only when this holds on the day of the step; on acts of steps alone.
    pub when: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActKind {
    /// A message to the contact.
    Message(Message),
    /// A telephone call: a task for a person.
    Call(Call),
    /// A task for a person.
    Task(Task),
    /// Interest and fees, named in the messages of the step.
    Charge {
        /// What.
        kinds: Vec<Charge>,
        /// Name of the table of charges.
        of: String,
    },
    /// A person of this role must agree before anything else of the step is done.
    Approve {
        /// Role of the user.
        by: String,
        /// Within how long; after that the approval expires. `None`: the usual time of approvals.
        within: Option<Period>,
    },
    /// Dunning goes on elsewhere.
    Continue {
        /// Where.
        at: Resume,
        /// How long after; at once when `None`.
        after: Option<Period>,
    },
    /// The case goes to the legal department; no further messages.
    HandOver,
    /// The payment plan ends.
    CancelPlan,
    /// A credit note is awaited: the disputed amount is left alone.
    ExpectCreditNote,
    /// A hook gives effects.
    Hook(HookCall),
}

/// Where dunning goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Resume {
    /// At a level.
    Level(u8),
    /// At the step that was next.
    WhereItWas,
}

/// A message to the contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// By which medium.
    pub channel: Channel,
    /// Name of the template.
    pub template: String,
    /// A tone that overrides the scenario's.
    pub tone: Option<Tone>,
    /// What goes with it.
    pub attach: Vec<Attachment>,
    /// What is done instead when it does not reach the customer.
    pub or_else: Option<Box<Fallback>>,
}

/// What is done instead of a message or a call that did not reach the customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fallback {
    /// What: a message, a call or a task. The next one after it stands in its own `or_else`, so that a chain is read link by link.
    pub act: Act,
    /// When; never empty.
    pub when: Vec<Unreached>,
}

impl Act {
    /// What stands after `else` behind this; none for what has nothing there.
    pub fn or_else(&self) -> Option<&Fallback> {
        match &self.kind {
            ActKind::Message(message) => message.or_else.as_deref(),
            ActKind::Call(call) => call.or_else.as_deref(),
            _ => None,
        }
    }

    /// The links of the chain that begins with this, in order: what is written first, and what stands after each `else`.
    pub fn chain(&self) -> impl Iterator<Item = &Act> {
        std::iter::successors(Some(self), |act| act.or_else().map(|other| &other.act))
    }
}

/// How a message or a call did not reach the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unreached {
    /// It came back.
    Bounced,
    /// It was not opened in this time.
    NotOpened(Period),
    /// Nobody answered.
    NoAnswer,
}

/// A telephone call: a task for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// Name of the script (a template) that is shown to the caller.
    pub script: Option<String>,
    /// Role of the user to whom it is assigned.
    pub assign: String,
    /// Within how long; `None`: the same day.
    pub within: Option<Period>,
    /// What follows which outcome.
    pub outcomes: Vec<Outcome>,
    /// What is done instead when nobody answered: only a call that stands after `else` itself has it.
    pub or_else: Option<Box<Fallback>>,
}

/// What follows an outcome of a call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Of which; never [`CallOutcome::Unknown`].
    pub of: CallOutcome,
    /// What follows.
    pub kind: OutcomeKind,
}

/// What can follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutcomeKind {
    /// The same call again.
    Retry {
        /// How long after.
        after: Period,
        /// How often at most.
        at_most: u16,
    },
    /// A dispute is opened, of this category when one is written.
    OpenDispute(Option<String>),
    /// A task, a message, or dunning goes on elsewhere.
    Do(Act),
}

/// A task for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Its name.
    pub name: String,
    /// Its title for people; the name when none is written.
    pub title: Option<String>,
    /// Role of the user to whom it is assigned.
    pub assign: String,
    /// Within how long; `None`: the same day.
    pub within: Option<Period>,
}

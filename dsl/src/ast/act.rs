//! What steps, events and reactions do.

use rust_decimal::Decimal;

use super::{Expr, HookCall, Period, Spanned, Word};
use crate::span::Span;

/// Something that is done.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// Only when this holds.
    pub when: Option<Expr>,
    /// Where.
    pub span: Span,
}

/// The kinds of acts.
#[derive(Debug, Clone, PartialEq)]
pub enum ActKind {
    /// `email template x`, `sms template x`, `letter template x` ...
    Message(Message),
    /// `call [script x] [assign role] [within period]`
    Call(Call),
    /// `task fix_contact assign collector within 1 business day`
    Task(Task),
    /// `charge late_interest, recovery_fee [of france]`
    Charge {
        /// What is charged, as written.
        kinds: Vec<Word>,
        /// The table of charges.
        of: Option<Word>,
    },
    /// `approve by cfo [within period]`
    Approve {
        /// Role of the user.
        by: Word,
        /// Within how long.
        within: Option<Period>,
    },
    /// `continue at level 3`, `continue where it was, after 5 days`
    Continue {
        /// Where.
        at: Resume,
        /// How long after.
        after: Option<Period>,
    },
    /// `hand over to legal`
    HandOver,
    /// `cancel plan`
    CancelPlan,
    /// `expect credit note`
    ExpectCreditNote,
    /// `hook escalate`
    Hook(HookCall),
}

/// Where dunning goes on.
#[derive(Debug, Clone, PartialEq)]
pub enum Resume {
    /// `at level 3`
    Level(Spanned<Decimal>),
    /// `where it was`
    WhereItWas,
}

/// A message to the customer.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// By which medium.
    pub channel: Spanned<Channel>,
    /// The template's name.
    pub template: Word,
    /// A tone that overrides the scenario's.
    pub tone: Option<Word>,
    /// What goes with it.
    pub attach: Vec<Spanned<Attachment>>,
    /// What is done instead when it does not reach the customer, in order.
    pub fallbacks: Vec<Fallback>,
}

/// A medium.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Channel {
    /// `email`
    Email,
    /// `sms`
    Sms,
    /// `letter`
    Letter,
    /// `registered letter`
    RegisteredLetter,
    /// One that the rulebook declares with `medium`.
    Custom(String),
}

/// What goes with a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Attachment {
    /// `statement`: the whole account.
    Statement,
    /// `invoices`: the documents of the invoices.
    Invoices,
}

/// `else sms template nudge when bounced or not opened in 3 days`
#[derive(Debug, Clone, PartialEq)]
pub struct Fallback {
    /// What is done instead.
    pub kind: FallbackKind,
    /// When; empty for "whenever the one before did not reach the customer".
    pub when: Vec<Spanned<Unreached>>,
    /// All of it.
    pub span: Span,
}

/// What can be done instead of a message.
#[derive(Debug, Clone, PartialEq)]
pub enum FallbackKind {
    /// Another message, without fallbacks of its own.
    Message(Message),
    /// A call.
    Call(Call),
    /// A task.
    Task(Task),
}

/// How a message did not reach the customer.
#[derive(Debug, Clone, PartialEq)]
pub enum Unreached {
    /// `bounced`
    Bounced,
    /// `not opened in 3 days`
    NotOpened(Period),
    /// `no answer`
    NoAnswer,
}

/// `call [script x] [assign role] [within period] {on outcome ...}`
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Name of the script, which is a template.
    pub script: Option<Word>,
    /// Role of the user.
    pub assign: Option<Word>,
    /// Within how long.
    pub within: Option<Period>,
    /// What follows which outcome.
    pub outcomes: Vec<Outcome>,
}

/// `on no_answer retry after 1 business day, at most 2 times`
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// Of which outcome.
    pub of: Spanned<CallOutcome>,
    /// What follows.
    pub kind: OutcomeKind,
    /// All of it.
    pub span: Span,
}

/// What a call can give.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum CallOutcome {
    /// `reached`
    Reached,
    /// `no_answer`
    NoAnswer,
    /// `promise`
    Promise,
    /// `dispute`
    Dispute,
    /// `paid`
    Paid,
    /// `other`
    Other,
    /// None of these, as written; reported by the checker.
    Unknown(String),
}

/// What follows an outcome.
#[derive(Debug, Clone, PartialEq)]
pub enum OutcomeKind {
    /// `retry after 1 business day, at most 2 times`
    Retry {
        /// How long after.
        after: Period,
        /// How often.
        at_most: Option<Spanned<Decimal>>,
    },
    /// `open dispute [category]`
    OpenDispute(Option<Word>),
    /// `task x`
    Task(Task),
    /// A message.
    Message(Message),
    /// `continue at level 3`
    Continue {
        /// Where.
        at: Resume,
        /// How long after.
        after: Option<Period>,
    },
}

/// `task fix_contact "Find an address" assign collector within 1 business day`
#[derive(Debug, Clone, PartialEq)]
pub struct Task {
    /// Its name, which is also that of its script when there is such a template.
    pub name: Word,
    /// Its title for people.
    pub title: Option<Word>,
    /// Role of the user.
    pub assign: Option<Word>,
    /// Within how long.
    pub within: Option<Period>,
}

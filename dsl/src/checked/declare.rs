//! Declarations beside segments, score, calendars and scenarios.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Act, Name};
use crate::money::Money;
use crate::period::Period;
use crate::span::Span;

pub use crate::ast::{Charge, HookType};

/// A function that an integrator writes, in a file of `hooks/`.
#[derive(Debug, Clone)]
pub struct Hook {
    /// Its name, which is that of the function.
    pub name: Name,
    /// What it is given.
    pub parameters: Vec<HookArgument>,
    /// What it gives.
    pub gives: HookType,
    /// Its declaration.
    pub span: Span,
}

/// What a hook can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HookArgument {
    /// The creditor.
    Company,
    /// The customer.
    Customer,
    /// The customer's account.
    Account,
    /// The contact.
    Contact,
    /// The invoice; only in steps.
    Invoice,
    /// All of these, with score and segment.
    Case,
}

/// A call of a hook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookCall {
    /// Its name.
    pub name: String,
    /// What it is given, as declared.
    pub arguments: Vec<HookArgument>,
    /// Where the call stands.
    pub span: Span,
}

/// A table of what may be charged to a debtor who pays late.
#[derive(Debug, Clone)]
pub struct Charges {
    /// Its name.
    pub name: Name,
    /// Yearly rates of late-payment interest.
    pub interest: Rates,
    /// The fixed fee for each invoice paid late.
    pub fee: Option<Money>,
}

/// What the yearly rate of late-payment interest is on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rates {
    /// The table has none.
    None,
    /// Agreed by contract: the same on every day. Per cent a year.
    Agreed(Decimal),
    /// By first day, in order, no day twice. Each serves to the end of the half-year in which it begins, or to the day before the
    /// next one: on any other day nobody knows the rate.
    Dated {
        /// The rates; never empty.
        rates: Vec<Interest>,
        /// The rate of the first day of lateness serves for all of it.
        first_day: bool,
    },
}

/// A rate of late-payment interest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interest {
    /// First day.
    pub from: NaiveDate,
    /// Per cent a year.
    pub rate: Decimal,
}

/// What happens to disputes.
#[derive(Debug, Clone, Default)]
pub struct Disputes {
    /// Categories; empty when the rulebook declares none: then any word is one.
    pub categories: Vec<DisputeCategory>,
    /// When nobody answered in time.
    pub late: Vec<Act>,
    /// When the customer was in the wrong.
    pub rejected: Vec<Act>,
    /// When the customer was right.
    pub accepted: Vec<Act>,
}

/// A category of disputes.
#[derive(Debug, Clone)]
pub struct DisputeCategory {
    /// Its name.
    pub name: Name,
    /// The department that answers.
    pub owner: String,
    /// Within how long.
    pub within: Period,
}

/// How promises are kept.
#[derive(Debug, Clone, Copy, Default)]
pub struct Promises {
    /// How long after its day a promise is still kept; until the end of that day when `None`.
    pub grace: Option<Period>,
    /// How many promises stop the clock for one invoice; any number when `None`.
    pub at_most: Option<u16>,
}

/// How payment plans are kept.
#[derive(Debug, Clone, Default)]
pub struct Plans {
    /// How long after its day an instalment is missed; the day after when `None`.
    pub missed_after: Option<Period>,
    /// Where that is written.
    pub missed_after_span: Option<Span>,
    /// What follows.
    pub missed: Vec<Act>,
}

/// A medium of the rulebook's own: a message is posted to an address of the server's settings.
#[derive(Debug, Clone)]
pub struct Medium {
    /// Its name.
    pub name: Name,
    /// Name of the address in the server's settings.
    pub webhook: String,
    /// The hook that makes the body; the rendered template when `None`.
    pub body: Option<HookCall>,
}

/// What answers to an event.
#[derive(Debug, Clone)]
pub struct Event {
    /// Which.
    pub kind: EventKind,
    /// What is done.
    pub acts: Vec<Act>,
    /// Where it stands.
    pub span: Span,
}

/// Events that a scenario can answer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// A promise was not kept.
    PromiseBroken,
    /// A message came back.
    Bounce,
    /// An invoice was paid.
    Paid,
    /// An invoice was paid after its due date.
    PaidLate,
    /// A dispute was opened.
    Dispute,
    /// An instalment of a payment plan was missed.
    PlanMissed,
    /// A level was carried out.
    Level(u8),
}

//! Scenarios: who is written to, how, when, and what happens in which order.

use chrono::NaiveTime;

use super::{Act, Event, Expr, Name};
use crate::money::Money;
use crate::period::Period;
use crate::span::Span;

/// A scenario: what happens to the invoices of its segments.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// Its name and title.
    pub name: Name,
    /// Names of the segments it serves.
    pub segments: Vec<String>,
    /// Languages to try in turn; the last is always [`LanguageChoice::Fixed`].
    pub language: Vec<LanguageChoice>,
    /// The first case that holds gives the tone, else `default_tone`.
    pub tones: Vec<(Expr, Tone)>,
    /// The tone when no case holds.
    pub default_tone: Tone,
    /// When messages may leave.
    pub send: SendWindow,
    /// Contacts to try in turn.
    pub contact: Vec<ContactChoice>,
    /// One message for what?
    pub group: Grouping,
    /// Invoices whose balance is below this are left alone, but stay on the books.
    pub ignore_below: Option<Money>,
    /// Not more messages to one account than this.
    pub limit: Option<Limit>,
    /// The level at which an invoice starts that is first seen when overdue. At least 1.
    pub entry: u8,
    /// What stops the clock.
    pub holds: Holds,
    /// Steps before the due date, in source order.
    pub courtesy: Vec<Step>,
    /// Levels after the due date: level n at index n - 1.
    pub levels: Vec<Step>,
    /// What follows the last level: a step without a level of its own, counted from the last one.
    pub then: Option<Step>,
    /// What is sent when an invoice is paid in full.
    pub thanks: Option<Thanks>,
    /// What answers to events, in source order.
    pub events: Vec<Event>,
    /// Where the settings stand.
    pub written: Written,
}

/// Where the settings of a scenario stand; none for what is left to its default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// `language ...`
    pub language: Option<Span>,
    /// `tone ...`
    pub tone: Option<Span>,
    /// `send on ...`
    pub send: Option<Span>,
    /// `contact ...`
    pub contact: Option<Span>,
    /// `group by ...`
    pub group: Option<Span>,
    /// `ignore invoices under ...`
    pub ignore: Option<Span>,
    /// `limit ...`
    pub limit: Option<Span>,
    /// `entry at level ...`
    pub entry: Option<Span>,
    /// `hold while ...`
    pub hold: Option<Span>,
}

impl Scenario {
    /// What happens after the due date, in order: the levels, and what follows the last one.
    pub fn ladder(&self) -> impl DoubleEndedIterator<Item = &Step> + Clone {
        self.levels.iter().chain(&self.then)
    }
}

/// One candidate for the language of a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LanguageChoice {
    /// The language noted for the contact.
    Contact,
    /// The language noted for the customer.
    Customer,
    /// A fixed two-letter code.
    Fixed(String),
}

/// How a message speaks. Declared by the language, not by the rulebook, so that templates can be shared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// Like to a good friend of the house.
    Warm,
    /// Polite and neutral.
    Courteous,
    /// Leaves no doubt.
    Firm,
    /// As a lawyer would.
    Formal,
}

/// When messages may leave.
#[derive(Debug, Clone)]
pub struct SendWindow {
    /// Name of the calendar whose business days count; `None`: every day.
    pub calendar: Option<String>,
    /// First minute, local time of `zone`.
    pub from: NaiveTime,
    /// Last minute (exclusive), later than `from`.
    pub to: NaiveTime,
    /// Whose clock.
    pub zone: Zone,
}

/// Whose clock a sending window is read on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Zone {
    /// The customer's, else the company's.
    Customer,
    /// The company's.
    Company,
    /// A fixed zone, by its IANA name.
    Fixed(chrono_tz::Tz),
}

/// One candidate for the contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactChoice {
    /// A contact with this role.
    Role(String),
    /// The customer's main contact.
    Main,
}

/// One message for what?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grouping {
    /// One message for all invoices of the customer that are due on this pass.
    Customer,
    /// One message for each invoice.
    Invoice,
    /// One message for all invoices in which this fact of the invoice is the same.
    Fact(Expr),
}

/// At most `messages` in each `per`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// How many messages; at least 1.
    pub messages: u16,
    /// In how long.
    pub per: Period,
}

/// What stops the clock of a scenario. Manual holds and insolvency always do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Holds {
    /// An open dispute on the invoice.
    pub disputed: bool,
    /// A promise to pay that is not broken.
    pub promised: bool,
    /// A payment plan that is kept.
    pub on_plan: bool,
    /// Payments or credits of the customer that are not allocated and cover the invoice.
    pub unallocated_cash: bool,
}

impl Holds {
    /// Of a scenario that says nothing about it: whoever forgets the line duns nobody who disputes, has promised or has paid.
    pub const ALL: Self = Self {
        disputed: true,
        promised: true,
        on_plan: true,
        unallocated_cash: true,
    };
    /// None of them.
    pub const NONE: Self = Self {
        disputed: false,
        promised: false,
        on_plan: false,
        unallocated_cash: false,
    };
}

/// A courtesy step or a dunning level.
#[derive(Debug, Clone)]
pub struct Step {
    /// Its name and title.
    pub name: Name,
    /// The level, from 1, for dunning; `None` for courtesy.
    pub level: Option<u8>,
    /// When.
    pub timing: Timing,
    /// Only when this holds.
    pub when: Option<Expr>,
    /// What is done; at least one, in order, all on the same day.
    pub acts: Vec<Act>,
}

/// When a step is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// That long before the due date; moved back to a business day.
    BeforeDue(Period),
    /// That long after the due date; moved on to a business day. A period of 0 is the due date itself.
    AfterDue(Period),
    /// That long after the day of issue; moved on to a business day.
    AfterIssue(Period),
    /// That long after a level was really carried out; moved on to a business day.
    AfterLevel(Period, u8),
}

/// What is sent when an invoice is paid in full.
#[derive(Debug, Clone)]
pub struct Thanks {
    /// What is done.
    pub acts: Vec<Act>,
    /// Not more often than once in this period for one account.
    pub at_most_once_per: Option<Period>,
    /// Only when this holds.
    pub when: Option<Expr>,
    /// Where it stands.
    pub span: Span,
}

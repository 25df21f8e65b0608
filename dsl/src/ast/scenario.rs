//! Scenarios and their settings.

use chrono::NaiveTime;
use rust_decimal::Decimal;

use super::{Act, Declared, Expr, Period, Spanned, Step, Thanks, Word};
use crate::span::Span;

/// `scenario key_accounts "Grands comptes" for strategic, key { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Scenario {
    /// Its name.
    pub declared: Declared,
    /// The segments that it serves.
    pub segments: Vec<Word>,
    /// Its settings, in source order; the checker sees to it that none comes twice.
    pub settings: Vec<Setting>,
    /// Courtesy steps of all `courtesy` blocks.
    pub courtesy: Vec<Step>,
    /// Levels of all `dunning` blocks.
    pub levels: Vec<Step>,
    /// What follows the last level.
    pub then: Vec<Then>,
    /// `thanks` blocks.
    pub thanks: Vec<Thanks>,
    /// What answers to events.
    pub events: Vec<Event>,
    /// The head.
    pub span: Span,
    /// From the first word to the closing brace.
    pub whole: Span,
}

/// A setting.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// What it sets.
    pub kind: SettingKind,
    /// Where.
    pub span: Span,
}

/// The settings.
#[derive(Debug, Clone, PartialEq)]
pub enum SettingKind {
    /// `language contact.language else customer.language else fr`
    Language(Vec<Spanned<LanguageChoice>>),
    /// `tone warm; courteous when score is fair`
    Tone {
        /// The tone without a condition.
        default: Word,
        /// The others, in order.
        cases: Vec<ToneCase>,
    },
    /// `send on business days of france, 09:00 to 17:30, customer time`
    Send {
        /// Which days; every day when not written.
        days: Option<Spanned<SendDays>>,
        /// From when to when.
        time: Option<Spanned<SendTime>>,
        /// Whose clock.
        zone: Option<Spanned<ZoneChoice>>,
    },
    /// `contact role accounts_payable else main`
    Contact(Vec<Spanned<ContactChoice>>),
    /// `group by customer`
    Group(Spanned<Grouping>),
    /// `ignore invoices under 15 EUR`
    Ignore(Spanned<(Decimal, Word)>),
    /// `limit 1 message per 5 days`
    Limit {
        /// How many.
        messages: Spanned<Decimal>,
        /// In how long.
        per: Period,
    },
    /// `entry at level 1`
    Entry(Spanned<Decimal>),
    /// `hold while disputed, promised`
    Hold(Vec<Spanned<HoldKind>>),
}

/// One candidate for the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LanguageChoice {
    /// A fact such as `contact.language`.
    Fact(String),
    /// A code such as `fr`.
    Fixed(String),
}

/// `courteous when score is fair`
#[derive(Debug, Clone, PartialEq)]
pub struct ToneCase {
    /// The tone.
    pub tone: Word,
    /// When.
    pub when: Expr,
}

/// On which days messages leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendDays {
    /// `every day`
    EveryDay,
    /// `on business days of <calendar>`
    BusinessDaysOf(Word),
}

/// `09:00 to 17:30`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SendTime {
    /// First minute.
    pub from: NaiveTime,
    /// Last minute (exclusive).
    pub to: NaiveTime,
}

/// Whose clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ZoneChoice {
    /// `customer time`
    Customer,
    /// `company time`
    Company,
    /// `time of Europe/Paris`
    Named(String),
}

/// One candidate for the contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ContactChoice {
    /// `role accounts_payable`
    Role(Word),
    /// `main`
    Main,
}

/// One message for what?
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grouping {
    /// `by customer`
    Customer,
    /// `by invoice`
    Invoice,
    /// `by invoice.custom.contract`: a fact of the invoice. Any other word, too, which the checker reports.
    Fact(Word),
}

/// What stops the clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum HoldKind {
    /// `disputed`
    Disputed,
    /// `promised`
    Promised,
    /// `on plan`
    OnPlan,
    /// `unallocated cash covers it`
    UnallocatedCash,
}

/// `then after 15 days { hand over to legal, approve by cfo }`
#[derive(Debug, Clone, PartialEq)]
pub struct Then {
    /// Its name, if it has one.
    pub name: Option<Word>,
    /// Its title.
    pub title: Option<Word>,
    /// How long after the last level.
    pub after: Period,
    /// Only when this holds.
    pub when: Option<Expr>,
    /// What is done.
    pub acts: Vec<Act>,
    /// The head.
    pub span: Span,
}

/// `on promise broken { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// The event.
    pub kind: Spanned<EventKind>,
    /// What is done.
    pub acts: Vec<Act>,
    /// The head.
    pub span: Span,
}

/// Events that a scenario can answer to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum EventKind {
    /// `on promise broken`
    PromiseBroken,
    /// `on bounce`
    Bounce,
    /// `on paid`
    Paid,
    /// `on paid late`
    PaidLate,
    /// `on dispute`
    Dispute,
    /// `on plan missed`
    PlanMissed,
    /// `on level 3`: the level has been carried out.
    Level(Decimal),
}

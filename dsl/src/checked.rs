//! A rulebook after checking: names are resolved, expressions are typed, every span is kept.
//!
//! Nothing in here can be wrong: a [`CheckedRulebook`] is made only when there was no error.

mod act;
mod declare;
pub(crate) mod field;
mod test;
mod used;

pub use act::{
    Act, ActKind, Attachment, Call, CallOutcome, Channel, Fallback, FallbackKind, Message, Outcome,
    OutcomeKind, Resume, Task, Unreached,
};
pub use declare::{
    Charge, Charges, DisputeCategory, Disputes, Event, EventKind, Hook, HookArgument, HookCall, HookType,
    Interest, Medium, Plans, Promises, Rates,
};
pub use field::{Field, FieldOwner, FieldType};
pub use test::{Expect, ExpectKind, Expected, Given, Happening, Moment, Property, Test, TestLine};
pub use used::TemplateUse;

use std::sync::Arc;

use chrono::{NaiveTime, Weekday};
use rust_decimal::Decimal;

use crate::money::{Currency, Money};
use crate::period::Period;
use crate::span::{SourceMap, Span};
use crate::vocabulary::FactId;

/// A whole rulebook, of all its files and of the standard library modules that it uses.
#[derive(Debug, Clone)]
pub struct CheckedRulebook {
    /// The sources that all spans point into.
    pub sources: Arc<SourceMap>,
    /// Fields of the firm's own, in source order.
    pub fields: Vec<Arc<Field>>,
    /// Segments, in the order in which they are tried.
    pub segments: Vec<Segment>,
    /// The payer score, when the rulebook has one.
    pub score: Option<Score>,
    /// Scenarios, in source order. No segment is served by two of them.
    pub scenarios: Vec<Scenario>,
    /// Calendars that scenarios can name.
    pub calendars: Vec<Calendar>,
    /// Hooks that conditions, the score and acts can call.
    pub hooks: Vec<Hook>,
    /// Tables of what may be charged.
    pub charges: Vec<Charges>,
    /// What happens to disputes.
    pub disputes: Disputes,
    /// How promises are kept.
    pub promises: Promises,
    /// How payment plans are kept.
    pub plans: Plans,
    /// Media of the rulebook's own.
    pub media: Vec<Medium>,
    /// Tests, in source order.
    pub tests: Vec<Test>,
    /// Where templates and scripts are named, in the order in which the checker came by.
    pub templates_used: Vec<TemplateUse>,
}

/// A declared name and its title for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name in the rules.
    pub name: String,
    /// The title in quotes after it, if one was written.
    pub title: Option<String>,
    /// Where the declaration stands.
    pub span: Span,
    /// Names that it had in earlier revisions: cases that stand there keep their place.
    pub was: Vec<String>,
}

/// A typology of customers; the first whose condition holds wins.
#[derive(Debug, Clone)]
pub struct Segment {
    /// Its name and title.
    pub name: Name,
    /// The condition; `None` for `otherwise`.
    pub when: Option<Expr>,
}

/// The payer score.
#[derive(Debug, Clone)]
pub struct Score {
    /// Its name and title.
    pub name: Name,
    /// Lowest result.
    pub from: i32,
    /// Highest result.
    pub to: i32,
    /// Where counting starts.
    pub start: i32,
    /// Lines, applied in order; the result is clamped to `from ..= to` at the end.
    pub lines: Vec<ScoreLine>,
    /// Bands, best first; the last one has no lower bound.
    pub bands: Vec<Band>,
}

/// One line of the score.
#[derive(Debug, Clone)]
pub struct ScoreLine {
    /// +1 for `add`, -1 for `subtract`.
    pub sign: i8,
    /// What it gives.
    pub points: Points,
    /// Only when this holds.
    pub when: Option<Expr>,
    /// The whole line.
    pub span: Span,
}

/// What a line of the score gives.
#[derive(Debug, Clone)]
pub enum Points {
    /// A fixed number of points.
    Fixed(u32),
    /// `n per [unit] of <number> above <threshold>, at most <cap>`: n for each whole unit above the threshold.
    Per {
        /// Points for each unit.
        points: u32,
        /// A whole or decimal number, or a percent.
        of: Expr,
        /// Where counting starts; 0 when not written.
        above: Decimal,
        /// Most points of this line.
        at_most: Option<u32>,
    },
    /// What a hook gives, a whole number.
    Hook(HookCall),
}

/// A band of the score.
#[derive(Debug, Clone)]
pub struct Band {
    /// Its name and title.
    pub name: Name,
    /// Lowest score of this band; `None` for the last.
    pub from: Option<i32>,
}

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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// One message for all invoices of the customer that are due on this pass.
    Customer,
    /// One message for each invoice.
    Invoice,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
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

/// A calendar of business days.
#[derive(Debug, Clone)]
pub struct Calendar {
    /// Its name and title.
    pub name: Name,
    /// Days of the week that are closed.
    pub weekend: Vec<Weekday>,
    /// Public holidays; those of a calendar that this one is based on are included.
    pub holidays: Vec<Holiday>,
}

/// A public holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// Its title.
    pub title: String,
    /// On which day of a year.
    pub rule: HolidayRule,
}

/// How the day of a holiday is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HolidayRule {
    /// The same day each year.
    Fixed {
        /// 1 to 12.
        month: u32,
        /// 1 to 31, valid in that month.
        day: u32,
    },
    /// The same day each year; when it is a closed day of the week, the next day that is open and no other holiday.
    FixedElseNext {
        /// 1 to 12.
        month: u32,
        /// 1 to 31, valid in that month.
        day: u32,
    },
    /// A day of the week counted within a month.
    WeekdayOf {
        /// 1 to 12.
        month: u32,
        /// The day of the week.
        weekday: Weekday,
        /// 1 to 4 from the beginning; -1 is the last one.
        which: i8,
    },
    /// Days after (or, negative, before) Easter Sunday, Gregorian.
    Easter {
        /// Offset in days.
        offset: i32,
    },
}

/// A typed expression.
#[derive(Debug, Clone)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of expressions. Operands have matching types. A fact may be unknown: then a comparison with it does not
/// hold, whichever way round, and a calculation with it is unknown.
#[derive(Debug, Clone)]
pub enum ExprKind {
    /// A constant.
    Const(Const),
    /// A fact.
    Fact(FactId),
    /// A field of the firm's own.
    Custom(Arc<Field>),
    /// All hold.
    And(Vec<Expr>),
    /// One holds at least.
    Or(Vec<Expr>),
    /// It does not hold.
    Not(Box<Expr>),
    /// Two values of one type compared.
    Compare(Box<Expr>, Comparison, Box<Expr>),
    /// The value is one of these.
    OneOf(Box<Expr>, Vec<Expr>),
    /// The list of texts has this text.
    Has(Box<Expr>, String),
    /// `is known` (true) and `is unknown` (false).
    Known(Box<Expr>, bool),
    /// Sum, difference, product or quotient of numbers; of two amounts only the first two; amount times number; days between
    /// two dates; a date moved by days.
    Arithmetic(Box<Expr>, Operation, Box<Expr>),
    /// Made of the open invoices of the account for which a condition holds. Unknown when one of them is unknown, and for
    /// average, largest and smallest when there are none.
    Aggregate {
        /// What is made.
        kind: AggregateKind,
        /// Of what, read for each invoice; `None` for a count.
        of: Option<Box<Expr>>,
        /// For which invoices; all open ones when `None`.
        when: Option<Box<Expr>>,
    },
    /// What a hook gives.
    Hook(HookCall),
}

pub use crate::ast::AggregateKind;

/// A constant of the language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Const {
    /// Yes or no.
    YesNo(bool),
    /// A whole number, decimal or percent.
    Number(Decimal),
    /// An amount.
    Money(Money),
    /// A day.
    Date(chrono::NaiveDate),
    /// A text, language, country, band, segment or value of an enumeration, in its English spelling.
    Text(String),
    /// A currency.
    Currency(Currency),
}

/// Comparisons. Only equality is there for texts, lists, countries and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `is`, `=`
    Equal,
    /// `is not`, `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `>`
    Greater,
    /// `>=`
    AtLeast,
}

/// Operations on numbers and amounts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Operation {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`; division by zero is unknown.
    Divide,
}

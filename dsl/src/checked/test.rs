//! Tests in the language: names are resolved, values are typed.

use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use rust_decimal::Decimal;

use super::{CallOutcome, Channel, Charge, Const, Field, Tone};
use crate::money::{Currency, Money};
use crate::span::Span;

/// A test: what there is, what happens, what is expected.
#[derive(Debug, Clone)]
pub struct Test {
    /// What it shows.
    pub title: String,
    /// In source order.
    pub lines: Vec<TestLine>,
    /// Its head.
    pub span: Span,
}

/// A line of a test.
#[derive(Debug, Clone)]
pub enum TestLine {
    /// What there is before anything happens.
    Given(Given),
    /// Something happens.
    On(Moment),
    /// Something is expected.
    Expect(Expect),
}

/// What there is.
#[derive(Debug, Clone)]
pub enum Given {
    /// The creditor: `currency`, `country`, `name` ...
    Company(Vec<Property>),
    /// The customer, by the last word of its facts: `kind`, `country`, `tags` ...
    Customer(Vec<Property>),
    /// The figures of the account, by the last word of its facts: they stand for the whole test.
    Account(Vec<Property>),
    /// A contact; `None` for the main one.
    Contact(Option<String>, Vec<Property>),
    /// An invoice: `amount`, `issued`, `due`, and `known` for the day on which it was imported.
    Invoice(String, Vec<Property>),
    /// A rate: units of the company's currency for one of a foreign one.
    Rate {
        /// The foreign currency.
        currency: Currency,
        /// More than 0.
        rate: Decimal,
        /// The first day on which it serves; always when `None`.
        from: Option<NaiveDate>,
    },
}

/// A value that is given.
#[derive(Debug, Clone)]
pub struct Property {
    /// The last word of the fact, in English; [`Property::CUSTOM`] for a field of the firm's own.
    pub name: &'static str,
    /// The field of the firm's own.
    pub field: Option<Arc<Field>>,
    /// One value, or several for a list.
    pub values: Vec<Const>,
    /// Where it stands.
    pub span: Span,
}

impl Property {
    /// What stands for the name of a fact when a field of the firm's own is given.
    pub const CUSTOM: &'static str = "custom";
}

/// Something happens at a moment, on the company's clock.
#[derive(Debug, Clone)]
pub struct Moment {
    /// The day.
    pub day: NaiveDate,
    /// The time; `None` for the morning, before messages leave.
    pub time: Option<NaiveTime>,
    /// What happens, in order.
    pub happenings: Vec<(Happening, Span)>,
}

/// What can happen. Invoices are named as in their `given`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// A dispute is opened.
    Dispute(String, Option<String>),
    /// It is settled against the customer.
    RejectDispute(String),
    /// It is settled for the customer.
    AcceptDispute(String),
    /// A payment comes in; all that is open when no amount is written.
    Pay(String, Option<Money>),
    /// The customer promises to pay.
    Promise {
        /// Which invoice.
        invoice: String,
        /// How much; all that is open when `None`.
        amount: Option<Money>,
        /// Until when.
        until: NaiveDate,
    },
    /// The customer agrees to pay in parts.
    Plan {
        /// Which invoices: at least one.
        invoices: Vec<String>,
        /// What is to be paid by which day, in the order of the days: at least one.
        instalments: Vec<(NaiveDate, Money)>,
    },
    /// Somebody calls the payment plan off.
    CancelPlan(String),
    /// Money comes in that is not allocated.
    Receive(Money),
    /// A credit note reduces the invoice.
    Credit(String, Money),
    /// Somebody stops dunning of the invoice.
    Hold(String, Option<NaiveDate>),
    /// Somebody lets it go on.
    Release(String),
    /// The oldest open call gives an outcome; never [`CallOutcome::Unknown`].
    CallGives(CallOutcome),
    /// What waits for approval is approved.
    Approve(String),
    /// What waits for approval is refused.
    Refuse(String),
    /// Somebody wants an approval that expired to be asked for once more.
    AskAgain(String),
    /// The last message comes back.
    Bounce,
    /// The last message about it is opened.
    Open(String),
    /// The customer is in insolvency proceedings.
    Insolvent,
}

/// Something is expected.
#[derive(Debug, Clone)]
pub struct Expect {
    /// What.
    pub kind: ExpectKind,
    /// Where it stands.
    pub span: Span,
}

/// What can be expected.
#[derive(Debug, Clone)]
pub enum ExpectKind {
    /// Nothing is done in these days, both included; never when they are `None`.
    Nothing {
        /// Of one invoice only.
        of: Option<String>,
        /// From which day.
        from: Option<NaiveDate>,
        /// To which day.
        to: Option<NaiveDate>,
    },
    /// The customer's segment, on a day (the last one of the test when `None`).
    Segment(String, Option<NaiveDate>),
    /// The band of the score.
    Band(String, Option<NaiveDate>),
    /// The points of the score.
    Points(i32, Option<NaiveDate>),
    /// Something is done.
    Act {
        /// What.
        what: Expected,
        /// For these invoices, all in one.
        of: Vec<String>,
        /// For no others.
        alone: bool,
        /// On which day; on some day when `None`.
        on: Option<NaiveDate>,
        /// In which language.
        language: Option<String>,
        /// In which tone.
        tone: Option<Tone>,
        /// What one of its reasons says, in the file's language.
        because: Option<String>,
    },
    /// Interest or fee is named in what is done.
    Charged {
        /// What is charged.
        what: Charge,
        /// How much, in all lines; nothing when it is 0.
        amount: Money,
        /// Of one invoice only.
        of: Option<String>,
        /// On which day; on some day when `None`.
        on: Option<NaiveDate>,
    },
    /// All that is done, to the letter.
    Timeline {
        /// The lines.
        lines: Vec<String>,
        /// The last day; the last one of the test when `None`.
        to: Option<NaiveDate>,
        /// The braces and what is between them, which `--accept` writes.
        braces: Span,
    },
}

/// An act that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A level.
    Level(u8),
    /// A step by its name.
    Step(String),
    /// Thanks.
    Thanks,
    /// A call, with this script.
    Call(Option<String>),
    /// A task, with this name.
    Task(Option<String>),
    /// An approval is asked for.
    Approval,
    /// A hook's note, which has this text.
    Note(Option<String>),
    /// A hook's post to the address of this name.
    Notice(Option<String>),
    /// The legal department takes over.
    HandOver,
    /// A message, with this template.
    Message(Channel, Option<String>),
}

//! Declarations beside segments, score, calendars and scenarios.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::{Act, Declared, Period, Spanned, Word};
use crate::span::Span;

/// `hook trend(account) -> whole number between -10 and 10`
#[derive(Debug, Clone, PartialEq)]
pub struct Hook {
    /// Its name.
    pub declared: Declared,
    /// What it is given, as written.
    pub parameters: Vec<Word>,
    /// What it gives.
    pub gives: Spanned<HookType>,
    /// All of it.
    pub span: Span,
}

/// What a hook gives.
#[derive(Debug, Clone, PartialEq)]
pub enum HookType {
    /// `yes or no`
    YesNo,
    /// `whole number [between a and b]`
    Whole(Option<(Decimal, Decimal)>),
    /// `number [between a and b]`
    Number(Option<(Decimal, Decimal)>),
    /// `percent`
    Percent,
    /// `amount`
    Amount,
    /// `text`
    Text,
    /// `effects`
    Effects,
}

/// `charges france "France" { late_interest from 2025-01-01 13.15 % ... recovery_fee 40 EUR }`
#[derive(Debug, Clone, PartialEq)]
pub struct Charges {
    /// Its name.
    pub declared: Declared,
    /// Yearly rates of late-payment interest, as written.
    pub interest: Vec<InterestLine>,
    /// `late_interest at the rate of the first day`
    pub first_rate: Option<Span>,
    /// Fixed fees for each invoice paid late; the checker sees to it that there is one at most.
    pub fees: Vec<Spanned<(Decimal, Word)>>,
    /// The head.
    pub span: Span,
}

/// `late_interest from 2025-01-01 13.15 %`, `late_interest 15 %`
#[derive(Debug, Clone, PartialEq)]
pub struct InterestLine {
    /// First day of the rate; none for one that serves on every day.
    pub from: Option<Spanned<NaiveDate>>,
    /// Per cent a year.
    pub rate: Spanned<Decimal>,
    /// The line.
    pub span: Span,
}

/// What can be charged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Charge {
    /// `late_interest`
    LateInterest,
    /// `recovery_fee`
    RecoveryFee,
}

/// `disputes { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Disputes {
    /// The categories.
    pub categories: Vec<DisputeCategory>,
    /// What follows.
    pub reactions: Vec<Reaction>,
    /// The word.
    pub span: Span,
}

/// `quality "Qualité" owner production answer within 5 business days`
#[derive(Debug, Clone, PartialEq)]
pub struct DisputeCategory {
    /// Its name.
    pub declared: Declared,
    /// The department that answers.
    pub owner: Word,
    /// Within how long.
    pub within: Period,
    /// The line.
    pub span: Span,
}

/// `when late { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Reaction {
    /// To what.
    pub to: Spanned<Turn>,
    /// What is done.
    pub acts: Vec<Act>,
}

/// Turns that a dispute or a payment plan can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Turn {
    /// `late`: nobody answered in time.
    Late,
    /// `rejected`: the customer is in the wrong.
    Rejected,
    /// `accepted`: the customer is right.
    Accepted,
    /// `missed`: an instalment was not paid.
    Missed,
}

/// `promises { grace 2 business days; at most 2 per invoice }`
#[derive(Debug, Clone, PartialEq)]
pub struct Promises {
    /// How long after its day a promise is still kept.
    pub grace: Vec<Period>,
    /// How many promises stop the clock for one invoice.
    pub at_most: Vec<Spanned<Decimal>>,
    /// The word.
    pub span: Span,
}

/// `plans { missed after 3 business days; when missed { ... } }`
#[derive(Debug, Clone, PartialEq)]
pub struct Plans {
    /// How long after its day an instalment is missed.
    pub missed_after: Vec<Period>,
    /// What follows.
    pub reactions: Vec<Reaction>,
    /// The word.
    pub span: Span,
}

/// `medium whatsapp "WhatsApp" = webhook "whatsapp" body hook whatsapp_body`
#[derive(Debug, Clone, PartialEq)]
pub struct Medium {
    /// Its name.
    pub declared: Declared,
    /// Name of the address in the server's settings.
    pub webhook: Word,
    /// The hook that makes the body; the rendered template when none is written.
    pub body: Option<Word>,
    /// All of it.
    pub span: Span,
}

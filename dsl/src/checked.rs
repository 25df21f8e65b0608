//! A rulebook after checking: names are resolved, expressions are typed, every span is kept.
//!
//! Nothing in here can be wrong: a [`CheckedRulebook`] is made only when there was no error.

mod act;
mod calendar;
mod declare;
mod expr;
pub(crate) mod field;
mod scenario;
mod test;
mod used;

pub use act::{
    Act, ActKind, Attachment, Call, CallOutcome, Channel, Fallback, Message, Outcome, OutcomeKind, Resume,
    Task, Unreached,
};
pub use calendar::{Calendar, Holiday, HolidayRule};
pub use declare::{
    Charge, Charges, DisputeCategory, Disputes, Event, EventKind, Hook, HookArgument, HookCall, HookType,
    Interest, Medium, Plans, Promises, Rates,
};
pub use expr::{AggregateKind, Comparison, Const, Expr, ExprKind, Operation};
pub use field::{Field, FieldOwner, FieldType};
pub use scenario::{
    ContactChoice, Grouping, Holds, LanguageChoice, Limit, Scenario, SendWindow, Step, Thanks, Timing, Tone,
    Written, Zone,
};
pub use test::{Expect, ExpectKind, Expected, Given, Happening, Moment, Property, Test, TestLine};
pub use used::TemplateUse;

use std::sync::Arc;

use rust_decimal::Decimal;

use crate::span::{SourceMap, Span};

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

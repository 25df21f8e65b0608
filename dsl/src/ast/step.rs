//! Steps: courtesy, levels, thanks, and what they do.

use rust_decimal::Decimal;

use super::{Declared, Expr, Period, Spanned, Word};
use crate::span::Span;

/// `step prevenance 5 business days before due { ... }` or `level 2 reminder 8 days after level 1 { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its name.
    pub declared: Declared,
    /// The number after `level`; `None` for `step`.
    pub level: Option<Spanned<Decimal>>,
    /// When.
    pub timing: Timing,
    /// Only when this holds.
    pub when: Option<Expr>,
    /// What is done.
    pub acts: Vec<Act>,
    /// The head.
    pub span: Span,
}

/// `3 days after due`
#[derive(Debug, Clone, PartialEq)]
pub struct Timing {
    /// How long; `None` for `on due`.
    pub period: Option<Period>,
    /// Before or after.
    pub direction: Direction,
    /// Before or after what; `None` when it was not understood and has been reported.
    pub anchor: Option<Spanned<Anchor>>,
    /// All of it.
    pub span: Span,
}

/// Before or after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// `before`
    Before,
    /// `after`, and `on`.
    After,
}

/// What a timing counts from.
#[derive(Debug, Clone, PartialEq)]
pub enum Anchor {
    /// The due date.
    Due,
    /// A level, by its number.
    Level(Decimal),
    /// Another word, perhaps a step's name; reported by the checker.
    Other(String),
}

/// Something that a step does.
#[derive(Debug, Clone, PartialEq)]
pub struct Act {
    /// What.
    pub kind: ActKind,
    /// Where.
    pub span: Span,
}

/// The kinds of acts.
#[derive(Debug, Clone, PartialEq)]
pub enum ActKind {
    /// `email template x [tone y]`
    Email(Email),
    /// `call [script x] [assign role] [within period]`
    Call(Call),
}

/// `email template x [tone y]`
#[derive(Debug, Clone, PartialEq)]
pub struct Email {
    /// The template's name.
    pub template: Word,
    /// A tone that overrides the scenario's.
    pub tone: Option<Word>,
}

/// `call [script x] [assign role] [within period]`
#[derive(Debug, Clone, PartialEq)]
pub struct Call {
    /// Name of the script, which is a template.
    pub script: Option<Word>,
    /// Role of the user.
    pub assign: Option<Word>,
    /// Within how long.
    pub within: Option<Period>,
}

/// `thanks { when paid in full { email template thanks, at most once per 30 days } }`
#[derive(Debug, Clone, PartialEq)]
pub struct Thanks {
    /// What is done.
    pub acts: Vec<Act>,
    /// Not more often than once in this period.
    pub at_most_once_per: Option<Period>,
    /// A further condition after `paid in full and`.
    pub when: Option<Expr>,
    /// All of it.
    pub span: Span,
}

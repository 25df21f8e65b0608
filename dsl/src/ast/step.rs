//! Steps: courtesy, levels and thanks.

use rust_decimal::Decimal;

use super::{Act, Declared, Expr, Period, Spanned};
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
    /// The date of issue.
    Issue,
    /// A level, by its number.
    Level(Decimal),
    /// Another word, perhaps a step's name; reported by the checker.
    Other(String),
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

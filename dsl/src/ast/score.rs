//! The payer score.

use rust_decimal::Decimal;

use super::{Declared, Expr, HookCall, Spanned};
use crate::span::Span;

/// `score payer from 0 to 100 start 60 { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    /// Its name.
    pub declared: Declared,
    /// Lowest result.
    pub from: Spanned<Decimal>,
    /// Highest result.
    pub to: Spanned<Decimal>,
    /// Where counting starts.
    pub start: Spanned<Decimal>,
    /// In order.
    pub lines: Vec<ScoreLine>,
    /// Best first; empty when no `bands` was written.
    pub bands: Vec<Band>,
    /// The head.
    pub span: Span,
}

/// `add` or `subtract`.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreLine {
    /// +1 or -1.
    pub sign: i8,
    /// How much.
    pub points: Points,
    /// Only when this holds.
    pub when: Option<Expr>,
    /// The line.
    pub span: Span,
}

/// How much a line gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Points {
    /// `20`
    Fixed(Spanned<Decimal>),
    /// `1 per day of x above 5, at most 30`
    Per {
        /// For each unit.
        points: Spanned<Decimal>,
        /// The fact.
        of: Expr,
        /// Where counting starts.
        above: Option<Spanned<Decimal>>,
        /// The most that the line gives.
        at_most: Option<Spanned<Decimal>>,
    },
    /// `hook trend(account)`
    Hook(HookCall),
}

/// `good from 70`
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// Its name.
    pub declared: Declared,
    /// Lowest score of the band.
    pub from: Option<Spanned<Decimal>>,
    /// Where.
    pub span: Span,
}

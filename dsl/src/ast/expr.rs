//! Expressions: conditions and calculations.

use rust_decimal::Decimal;

use super::{Spanned, Word};
use crate::checked::{Comparison, Operation};
use crate::span::Span;

/// An expression.
#[derive(Debug, Clone, PartialEq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// The forms of expressions, untyped.
#[derive(Debug, Clone, PartialEq)]
pub enum ExprKind {
    /// A fact (`account.balance`) or a value of a list (`public`); which, only the checker knows.
    Name(String),
    /// `12` or `0.5`
    Number(Decimal),
    /// `90 %`, as 90.
    Percent(Decimal),
    /// `500 000 EUR`
    Money(Decimal, Word),
    /// `5 days`: only there to say that facts about time are plain numbers.
    Duration(Decimal, Word),
    /// `2026-03-31`
    Date(chrono::NaiveDate),
    /// `"strategic"`
    Text(String),
    /// Joined by `and`; at least two.
    And(Vec<Expr>),
    /// Joined by `or`; at least two.
    Or(Vec<Expr>),
    /// `not ...`
    Not(Box<Expr>),
    /// Two values compared.
    Compare(Box<Expr>, Spanned<Comparison>, Box<Expr>),
    /// `is one of a, b`, or `is not one of` when the flag is false.
    OneOf(Box<Expr>, bool, Vec<Expr>),
    /// `customer has tag "x"` (true), `customer.tags has "x"` (false).
    Has(Box<Expr>, bool, Word),
    /// `is known` (true), `is unknown` (false).
    Known(Box<Expr>, bool),
    /// Calculation.
    Arithmetic(Box<Expr>, Spanned<Operation>, Box<Expr>),
    /// `sum of balance of invoices where days overdue > 30`; the fact is `None` for `count of invoices`.
    Aggregate(AggregateKind, Option<Word>, Option<Box<Expr>>),
    /// `hook trend(account)`
    Hook(HookCall),
    /// Something that was reported already and stands in for a value of any type.
    Missing,
}

/// What is made of many values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AggregateKind {
    /// `count of`
    Count,
    /// `sum of`
    Sum,
    /// `average of`
    Average,
    /// `largest of`
    Largest,
    /// `smallest of`
    Smallest,
}

/// `hook trend(account)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HookCall {
    /// Its name.
    pub name: Word,
    /// What it is given; empty when nothing was written, which means what its declaration says.
    pub arguments: Vec<Word>,
}

//! Expressions, typed.

use std::sync::Arc;

use rust_decimal::Decimal;

use super::{Field, HookCall};
use crate::money::{Currency, Money};
use crate::span::Span;
use crate::vocabulary::FactId;

/// A typed expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where it stands.
    pub span: Span,
}

/// The forms of expressions. Operands have matching types. A fact may be unknown: then a comparison with it does not
/// hold, whichever way round, and a calculation with it is unknown.
#[derive(Debug, Clone, PartialEq, Eq)]
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

//! Fields that a firm adds to customers and invoices.

use super::{Spanned, Word};
use crate::span::Span;

/// `fields { ... }`
#[derive(Debug, Clone, PartialEq)]
pub struct Fields {
    /// In source order.
    pub fields: Vec<Field>,
    /// The word.
    pub span: Span,
}

/// `customer.custom.region text "Region" was zone`
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its whole path, as written.
    pub path: Word,
    /// The title in quotes.
    pub title: Option<Word>,
    /// Names that it had in earlier revisions.
    pub was: Vec<Word>,
    /// What it holds.
    pub ty: Spanned<FieldType>,
    /// The line.
    pub span: Span,
}

/// What a field holds.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldType {
    /// `yes or no`
    YesNo,
    /// `whole number`
    Whole,
    /// `number`
    Number,
    /// `percent`
    Percent,
    /// `amount`
    Amount,
    /// `date`
    Date,
    /// `text`
    Text,
    /// `one of draft, signed, closed`
    OneOf(Vec<Word>),
}

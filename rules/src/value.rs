//! Values of facts and expressions.

use chrono::NaiveDate;
use relance_dsl::money::{Currency, Money};
use relance_dsl::vocabulary::Type;
use rust_decimal::Decimal;

/// A value while rules are evaluated. A fact that nobody knows is [`Value::Unknown`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Value<'a> {
    /// Not known.
    Unknown,
    /// Yes or no.
    YesNo(bool),
    /// A whole number, decimal or percent.
    Number(Decimal),
    /// An amount.
    Money(Money),
    /// A day.
    Date(NaiveDate),
    /// A text, language, country, band, segment or value of an enumeration, in its English spelling.
    Text(&'a str),
    /// A list of texts.
    Texts(&'a [String]),
    /// A currency.
    Currency(Currency),
}

impl<'a> Value<'a> {
    /// A text.
    pub fn text(text: &'a str) -> Self {
        Self::Text(text)
    }

    /// A whole number.
    pub fn whole(number: impl Into<i64>) -> Self {
        Self::Number(Decimal::from(number.into()))
    }

    /// The value if there is one, else unknown.
    pub fn known<T>(value: Option<T>, make: impl FnOnce(T) -> Self) -> Self {
        value.map_or(Self::Unknown, make)
    }

    /// Whether this value is one of the declared type. The unknown is of every type.
    pub fn is_of(&self, ty: Type) -> bool {
        match self {
            Self::Unknown => true,
            Self::YesNo(_) => ty == Type::YesNo,
            Self::Number(n) => match ty {
                Type::Whole => n.is_integer(),
                Type::Decimal | Type::Percent => true,
                _ => false,
            },
            Self::Money(_) => ty == Type::Money,
            Self::Date(_) => ty == Type::Date,
            Self::Text(_) => matches!(
                ty,
                Type::Text
                    | Type::Language
                    | Type::Country
                    | Type::OneOf(_)
                    | Type::Choice(_)
                    | Type::Band
                    | Type::Segment
            ),
            Self::Texts(_) => ty == Type::Texts,
            Self::Currency(_) => ty == Type::Currency,
        }
    }
}

impl std::fmt::Display for Value<'_> {
    /// Plain, for reasons: `1234.50 EUR`, `yes`, `unknown`, `2026-03-12`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Unknown => f.write_str("unknown"),
            Self::YesNo(true) => f.write_str("yes"),
            Self::YesNo(false) => f.write_str("no"),
            Self::Number(n) => n.normalize().fmt(f),
            Self::Money(m) => m.fmt(f),
            Self::Date(d) => d.fmt(f),
            Self::Text(t) => f.write_str(t),
            Self::Texts(list) => f.write_str(&list.join(", ")),
            Self::Currency(c) => c.fmt(f),
        }
    }
}

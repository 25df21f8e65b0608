//! Conditions.

use relance_dsl::checked::{Comparison, Expr};
use relance_dsl::money::Money;

use super::calculation::Calculation;
use super::slots::{Slot, Slots};
use super::threshold::Threshold;
use crate::eval::{Trace, accepts, compare, holds};
use crate::value::Value;

/// Something that holds or does not. What is unknown does not.
#[derive(Debug, Clone)]
pub(crate) enum Condition {
    /// All hold.
    All(Box<[Condition]>),
    /// One holds at least.
    Any(Box<[Condition]>),
    /// It does not hold.
    Not(Box<Condition>),
    /// A fact that is yes.
    Yes(Slot),
    /// A number compared with one that is written.
    Number(Slot, Comparison, Threshold),
    /// An amount compared with one that is written; the threshold is its amount.
    Amount(Slot, Comparison, Money, Threshold),
    /// A text that is this one (true), or another (false).
    Text(Slot, bool, Box<str>),
    /// A text that is one of these.
    OneText(Slot, Box<[Box<str>]>),
    /// A list of texts that has this one.
    Has(Slot, Box<str>),
    /// A value that is known (true), or not (false).
    Known(Calculation, bool),
    /// Any two values compared.
    Compare(Calculation, Comparison, Calculation),
    /// A form without one of its own here.
    Traced(Box<Expr>),
}

impl Condition {
    /// Whether it holds: the same as [`holds`] says.
    pub fn holds<'a>(&'a self, slots: &mut Slots<'_, 'a>) -> bool {
        match self {
            Self::All(all) => all.iter().all(|c| c.holds(slots)),
            Self::Any(any) => any.iter().any(|c| c.holds(slots)),
            Self::Not(inner) => !inner.holds(slots),
            Self::Yes(fact) => *slots.read(*fact) == Value::YesNo(true),
            Self::Number(fact, comparison, threshold) => match slots.read(*fact) {
                Value::Number(number) => accepts(*comparison, threshold.order(*number)),
                _ => false,
            },
            Self::Amount(fact, comparison, written, threshold) => match slots.read(*fact) {
                Value::Money(money) if money.currency == written.currency => {
                    accepts(*comparison, threshold.order(money.amount))
                }
                value => {
                    let value = *value;
                    compare(&value, *comparison, &Value::Money(*written), slots.scope, slots)
                }
            },
            Self::Text(fact, same, written) => match slots.read(*fact) {
                Value::Text(text) => (*text == &**written) == *same,
                _ => false,
            },
            Self::OneText(fact, list) => match slots.read(*fact) {
                Value::Text(text) => list.iter().any(|written| *text == &**written),
                _ => false,
            },
            Self::Has(fact, written) => match slots.read(*fact) {
                Value::Texts(list) => list.iter().any(|text| **text == **written),
                _ => false,
            },
            Self::Known(of, wanted) => (of.value(slots) != Value::Unknown) == *wanted,
            Self::Compare(left, comparison, right) => {
                let (left, right) = (left.value(slots), right.value(slots));
                compare(&left, *comparison, &right, slots.scope, slots)
            }
            Self::Traced(expr) => {
                let mut trace = Trace::default();
                let held = holds(expr, slots.scope, &mut trace);
                slots.heed(&trace);
                held
            }
        }
    }
}

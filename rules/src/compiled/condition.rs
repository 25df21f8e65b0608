//! Conditions.

use relance_dsl::checked::Comparison;
use relance_dsl::money::Money;
use rust_decimal::Decimal;

use super::slots::{Slot, Slots};
use super::slow::Slow;
use crate::eval::{accepts, compare};
use crate::value::Value;

/// Something that holds or does not: the same as [`crate::eval::holds`] says. What is unknown does not hold.
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
    Number(Slot, Comparison, Decimal),
    /// An amount compared with one that is written.
    Amount(Slot, Comparison, Money),
    /// A text that is this one (true), or another (false).
    Text(Slot, bool, Box<str>),
    /// Two texts that are the same (true), or not (false).
    Texts(Slot, bool, Slot),
    /// A text that is one of these.
    OneText(Slot, Box<[Box<str>]>),
    /// A list of texts that has this one.
    Has(Slot, Box<str>),
    /// Any other.
    Slow(Box<Slow>),
}

impl Condition {
    /// Whether it holds.
    pub fn holds<'a>(&'a self, slots: &mut Slots<'_, 'a>) -> bool {
        match self {
            Self::All(all) => all.iter().all(|c| c.holds(slots)),
            Self::Any(any) => any.iter().any(|c| c.holds(slots)),
            Self::Not(inner) => !inner.holds(slots),
            Self::Yes(fact) => *slots.read(*fact) == Value::YesNo(true),
            Self::Number(fact, comparison, written) => match slots.read(*fact) {
                Value::Number(number) => accepts(*comparison, number.cmp(written)),
                _ => false,
            },
            Self::Amount(fact, comparison, written) => match slots.read(*fact) {
                Value::Money(money) if money.currency == written.currency => {
                    accepts(*comparison, money.amount.cmp(&written.amount))
                }
                Value::Money(money) => foreign(*money, *comparison, *written, slots),
                _ => false,
            },
            Self::Text(fact, same, written) => match slots.read(*fact) {
                Value::Text(text) => (*text == &**written) == *same,
                _ => false,
            },
            Self::Texts(left, same, right) => {
                let left = match slots.read(*left) {
                    Value::Text(text) => *text,
                    _ => return false,
                };
                match slots.read(*right) {
                    Value::Text(right) => (left == *right) == *same,
                    _ => false,
                }
            }
            Self::OneText(fact, list) => match slots.read(*fact) {
                Value::Text(text) => list.iter().any(|written| *text == &**written),
                _ => false,
            },
            Self::Has(fact, written) => match slots.read(*fact) {
                Value::Texts(list) => list.iter().any(|text| **text == **written),
                _ => false,
            },
            Self::Slow(slow) => slow.holds(slots),
        }
    }
}

/// An amount compared with one in another currency. Apart, as it is rare and takes room that the others do not need.
#[inline(never)]
fn foreign(money: Money, comparison: Comparison, written: Money, slots: &mut Slots<'_, '_>) -> bool {
    let (money, written) = (Value::Money(money), Value::Money(written));
    compare(&money, comparison, &written, slots.scope, slots)
}

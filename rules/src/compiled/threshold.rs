//! A number that facts are compared with.

use std::cmp::Ordering;

use rust_decimal::Decimal;

/// Digits after the point at which both sides are compared as integers.
const DIGITS: u32 = 6;

/// 10 to the power of how many digits a number has fewer than [`DIGITS`]. A decimal has 96 bits, and a million has 20: no product
/// overflows.
const SHIFT: [i128; DIGITS as usize + 1] = [1_000_000, 100_000, 10_000, 1_000, 100, 10, 1];

/// A number that is written in the rules, made ready for being compared with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Threshold {
    exact: Decimal,
    /// In millionths; `None` when it has more digits.
    millionths: Option<i128>,
}

impl Threshold {
    /// Makes it ready.
    pub fn new(exact: Decimal) -> Self {
        Self {
            exact,
            millionths: millionths(exact),
        }
    }

    /// How a number stands to this one. Exact: as decimals compare.
    pub fn order(&self, number: Decimal) -> Ordering {
        match (millionths(number), self.millionths) {
            (Some(number), Some(this)) => number.cmp(&this),
            _ => number.cmp(&self.exact),
        }
    }
}

/// A number of few digits after the point as an integer.
fn millionths(number: Decimal) -> Option<i128> {
    let shift = SHIFT.get(usize::try_from(number.scale()).ok()?)?;
    Some(number.mantissa() * shift)
}

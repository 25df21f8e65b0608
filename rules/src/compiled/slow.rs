//! Conditions over calculated values, and those that have no form of their own here.

use relance_dsl::checked::{Comparison, Expr};

use super::calculation::Calculation;
use super::slots::Slots;
use crate::eval::{Trace, compare, holds};
use crate::value::Value;

/// A condition for which values are moved about.
#[derive(Debug, Clone)]
pub(crate) enum Slow {
    /// A value that is known (true), or not (false).
    Known(Calculation, bool),
    /// Any two values compared.
    Compare(Calculation, Comparison, Calculation),
    /// A form without one of its own here.
    Traced(Expr),
}

impl Slow {
    /// Whether it holds.
    #[inline(never)]
    pub fn holds<'a>(&'a self, slots: &mut Slots<'_, 'a>) -> bool {
        match self {
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

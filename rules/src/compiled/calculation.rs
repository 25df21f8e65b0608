//! Values: facts, constants and calculations.

use relance_dsl::checked::{Const, Expr, Operation};

use super::slots::{Slot, Slots};
use crate::eval::{Trace, arithmetic, value, written};
use crate::value::Value;

/// Something that has a value.
#[derive(Debug, Clone)]
pub(crate) enum Calculation {
    /// A fact.
    Fact(Slot),
    /// A constant.
    Const(Const),
    /// Two values calculated with.
    Arithmetic(Box<Calculation>, Operation, Box<Calculation>),
    /// A form without one of its own here.
    Traced(Box<Expr>),
}

impl Calculation {
    /// Its value.
    pub fn value<'a>(&'a self, slots: &mut Slots<'_, 'a>) -> Value<'a> {
        match self {
            Self::Fact(slot) => *slots.read(*slot),
            Self::Const(constant) => written(constant),
            Self::Arithmetic(left, operation, right) => {
                let (left, right) = (left.value(slots), right.value(slots));
                arithmetic(&left, *operation, &right, slots.scope, slots)
            }
            Self::Traced(expr) => {
                let mut trace = Trace::default();
                let value = value(expr, slots.scope, &mut trace);
                slots.heed(&trace);
                value
            }
        }
    }
}

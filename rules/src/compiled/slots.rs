//! Facts as they were read for one pass over conditions.

use relance_dsl::vocabulary::FactId;

use crate::eval::{Trace, Witness, needs_rates};
use crate::tally::MissingRate;
use crate::value::Value;
use crate::vocabulary::{Scope, load};

/// How many facts are kept. The first ones that a rulebook asks for have a place; it reads the others anew each time.
const KEPT: usize = 16;

/// A fact as conditions refer to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    fact: FactId,
    /// Where its value is kept; nowhere from [`KEPT`] on.
    place: usize,
    needs_rates: bool,
}

impl Slot {
    /// The slot of the fact that was asked for at this place in the order of all facts of a rulebook.
    pub fn new(fact: FactId, place: usize) -> Self {
        Self {
            fact,
            place,
            needs_rates: needs_rates(fact),
        }
    }
}

/// The facts of one account: each is read when it is first asked for, since the first line that holds often spares the rest.
#[derive(Debug)]
pub(crate) struct Slots<'s, 'a> {
    /// From where they are read.
    pub scope: &'s Scope<'a>,
    kept: [Option<Value<'a>>; KEPT],
    missed: bool,
}

impl<'s, 'a> Slots<'s, 'a> {
    /// None of them is read yet.
    pub fn of(scope: &'s Scope<'a>) -> Self {
        Self {
            scope,
            kept: [None; KEPT],
            missed: false,
        }
    }

    /// Whether a rate was needed and missing since this was last asked. Then the same line is to be read again with a
    /// [`crate::eval::Trace`], which tells which.
    pub fn take_missed(&mut self) -> bool {
        std::mem::take(&mut self.missed)
    }

    /// The value of a fact.
    pub fn read(&mut self, slot: Slot) -> Value<'a> {
        let value = match self.kept.get_mut(slot.place) {
            Some(Some(value)) => *value,
            Some(empty) => *empty.insert(load(slot.fact, self.scope)),
            None => load(slot.fact, self.scope),
        };
        if slot.needs_rates && value == Value::Unknown {
            self.missed |= !self.scope.tally.missing().is_empty();
        }
        value
    }

    /// Notes what an evaluation with a trace missed.
    pub fn heed(&mut self, trace: &Trace) {
        self.missed |= !trace.missing.is_empty();
    }
}

impl Witness for Slots<'_, '_> {
    fn miss(&mut self, _: MissingRate) {
        self.missed = true;
    }
}

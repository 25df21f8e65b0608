//! Facts as they were read for one pass over conditions.

use relance_dsl::vocabulary::FactId;

use crate::eval::{Trace, Witness, needs_rates};
use crate::tally::MissingRate;
use crate::value::Value;
use crate::vocabulary::{Scope, load_into};

/// How many facts are kept. The first ones that a rulebook asks for have a place of their own; the others share the one after
/// them, and are read anew each time.
const KEPT: usize = 16;

/// A fact as conditions refer to it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Slot {
    fact: FactId,
    /// Where its value is kept, at most [`KEPT`].
    place: usize,
    needs_rates: bool,
}

impl Slot {
    /// The slot of the fact that was asked for at this place in the order of all facts of a rulebook.
    pub fn new(fact: FactId, place: usize) -> Self {
        Self {
            fact,
            place: place.min(KEPT),
            needs_rates: needs_rates(fact),
        }
    }
}

/// The facts of one account: each is read when it is first asked for, since the first line that holds often spares the rest.
#[derive(Debug)]
pub(crate) struct Slots<'s, 'a> {
    /// From where they are read.
    pub scope: &'s Scope<'a>,
    values: [Value<'a>; KEPT + 1],
    /// A bit for each place whose value was read.
    read: u32,
    missed: bool,
}

impl<'s, 'a> Slots<'s, 'a> {
    /// None of them is read yet.
    pub fn of(scope: &'s Scope<'a>) -> Self {
        Self {
            scope,
            values: [Value::Unknown; KEPT + 1],
            read: 0,
            missed: false,
        }
    }

    /// Whether a rate was needed and missing since this was last asked. Then the same line is to be read again with a
    /// [`crate::eval::Trace`], which tells which.
    pub fn take_missed(&mut self) -> bool {
        std::mem::take(&mut self.missed)
    }

    /// The value of a fact, where it is kept: moving it about would take longer than most comparisons do.
    pub fn read(&mut self, slot: Slot) -> &Value<'a> {
        let Some(value) = self.values.get_mut(slot.place) else {
            return &Value::Unknown;
        };
        let bit = 1 << slot.place;
        if self.read & bit == 0 {
            load_into(slot.fact, self.scope, value);
            // The last place is shared: what stands there is never known to be this fact.
            self.read |= bit & ((1 << KEPT) - 1);
        }
        if slot.needs_rates && matches!(value, Value::Unknown) {
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

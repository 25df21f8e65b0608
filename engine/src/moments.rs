//! Named moments between the steps of the work: tests and the fault campaign step in there, so that a worker dies, or waits, where it
//! hurts most. In the program nobody listens.

use std::fmt;
use std::sync::Arc;

/// A moment between two steps. What was committed before it stays, whatever happens there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Moment {
    /// Due accounts are locked for their review.
    ReviewClaimed,
    /// A review is written and not committed.
    ReviewWritten,
    /// A review is committed.
    Reviewed,
    /// Messages are claimed and written, and that is not committed.
    ClaimWritten,
    /// Messages are claimed.
    Claimed,
    /// Messages are marked as begun, and that is not committed.
    BeginningWritten,
    /// Messages are marked as begun; none of them has left.
    Begun,
    /// A message was handed over, or was not: what became of it is known and not recorded.
    HandedOver,
    /// What became of messages is written and not committed.
    RecordWritten,
    /// What became of messages is recorded.
    Recorded,
    /// A lost message is given to a person, or waits again, and that is not committed.
    ExpiryWritten,
}

impl Moment {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 11] = [
        Self::ReviewClaimed,
        Self::ReviewWritten,
        Self::Reviewed,
        Self::ClaimWritten,
        Self::Claimed,
        Self::BeginningWritten,
        Self::Begun,
        Self::HandedOver,
        Self::RecordWritten,
        Self::Recorded,
        Self::ExpiryWritten,
    ];
}

/// Who listens.
#[derive(Clone, Default)]
pub struct Moments(Option<Arc<dyn Fn(Moment) + Send + Sync>>);

impl Moments {
    /// Calls `listener` at each moment, on the thread that works; what it does there happens there: it may block, panic, or end
    /// the process.
    pub fn told_to(listener: impl Fn(Moment) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(listener)))
    }

    /// This moment has come.
    pub(crate) fn come(&self, moment: Moment) {
        if let Some(listener) = &self.0 {
            listener(moment);
        }
    }
}

impl fmt::Debug for Moments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() {
            "Moments(told)"
        } else {
            "Moments"
        })
    }
}

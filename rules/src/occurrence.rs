//! What can happen to an invoice that the rules answer to.

use relance_dsl::checked::CallOutcome;
use serde::{Deserialize, Serialize};

/// Something that happened to an invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Occurrence {
    /// A promise was not kept.
    PromiseBroken,
    /// A message came back.
    MessageBack,
    /// A message was not opened in time.
    MessageNotOpened,
    /// It was paid in full.
    PaidInFull,
    /// A dispute was opened.
    DisputeOpened,
    /// Nobody answered a dispute in time.
    DisputeLate,
    /// The customer was in the wrong.
    DisputeRejected,
    /// The customer was right.
    DisputeAccepted,
    /// An instalment of its payment plan was missed.
    InstalmentMissed,
    /// A level was carried out.
    LevelDone,
    /// Somebody was reached by telephone.
    CallReached,
    /// Nobody answered the telephone.
    CallNotAnswered,
    /// A payment was promised in a call.
    CallPromised,
    /// Something was disputed in a call.
    CallDisputed,
    /// The customer said in a call that it is paid.
    CallPaid,
    /// A call gave something else.
    CallOther,
}

impl Occurrence {
    /// All of them, with the names under which answers to them are kept. A name that was used once must never change.
    const NAMES: [(Self, &'static str); 16] = [
        (Self::PromiseBroken, "promise_broken"),
        (Self::MessageBack, "bounce"),
        (Self::MessageNotOpened, "not_opened"),
        (Self::PaidInFull, "paid"),
        (Self::DisputeOpened, "dispute"),
        (Self::DisputeLate, "dispute_late"),
        (Self::DisputeRejected, "dispute_rejected"),
        (Self::DisputeAccepted, "dispute_accepted"),
        (Self::InstalmentMissed, "plan_missed"),
        (Self::LevelDone, "level"),
        (Self::CallReached, "reached"),
        (Self::CallNotAnswered, "no_answer"),
        (Self::CallPromised, "call_promise"),
        (Self::CallDisputed, "call_dispute"),
        (Self::CallPaid, "call_paid"),
        (Self::CallOther, "call_other"),
    ];

    /// The name under which answers to it are kept.
    pub fn name(self) -> &'static str {
        let found = Self::NAMES.iter().find(|(of, _)| *of == self);
        found.map_or("", |(_, name)| name)
    }

    /// The occurrence of a name.
    pub fn of_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(_, of)| *of == name);
        found.map(|(occurrence, _)| *occurrence)
    }

    /// What a call gave.
    pub fn of_call(outcome: &CallOutcome) -> Self {
        match outcome {
            CallOutcome::Reached => Self::CallReached,
            CallOutcome::NoAnswer => Self::CallNotAnswered,
            CallOutcome::Promise => Self::CallPromised,
            CallOutcome::Dispute => Self::CallDisputed,
            CallOutcome::Paid => Self::CallPaid,
            CallOutcome::Other | CallOutcome::Unknown(_) => Self::CallOther,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_occurrence_has_one_name_that_leads_back_to_it() {
        for (occurrence, name) in Occurrence::NAMES {
            assert_eq!(occurrence.name(), name);
            assert_eq!(Occurrence::of_name(name), Some(occurrence));
        }
        assert_eq!(Occurrence::of_name("thanks"), None);
    }
}

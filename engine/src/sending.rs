//! How the sending is held in check by settings.

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::deliveries::Settlement;

/// What holds between the decision of a message and its leaving.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sending {
    /// How long a message waits after its decision, so that it can be recalled; none below a minute is worth the name.
    pub undo: TimeDelta,
    /// When a run is far larger than usual; without it none is.
    pub breaker: Option<Breaker>,
}

/// What becomes of a message of which nobody knows whether it left, for one way out.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum InDoubt {
    /// A person is asked: nothing is guessed.
    #[default]
    Ask,
    /// It is sent again, with the same key and Message-ID, if it still holds then: rather twice than not at all.
    Resend,
    /// It is not sent again, and counts as carried out, so that what follows it keeps its distance: rather not at all than twice.
    Drop,
}

impl InDoubt {
    /// The words of the settings.
    pub fn read(word: &str) -> Option<Self> {
        match word {
            "ask" => Some(Self::Ask),
            "resend" => Some(Self::Resend),
            "drop" => Some(Self::Drop),
            _ => None,
        }
    }

    /// What a person would say who always says the same; none when a person is asked.
    pub(crate) fn settlement(self) -> Option<Settlement> {
        match self {
            Self::Ask => None,
            Self::Resend => Some(Settlement::Resend),
            Self::Drop => Some(Settlement::Drop),
        }
    }
}

/// From when on a run is far larger than usual, for one company and one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breaker {
    /// So many times the messages of a usual busy day; at least 1.
    pub factor: u32,
    /// So many messages a day are never too many.
    pub least: u32,
}

impl Breaker {
    /// Whether so many messages may be decided in a day: `usual` are those of a usual busy day, to `agreed` people have agreed already on
    /// the same day.
    pub fn allows(self, messages: i64, usual: i64, agreed: i64) -> bool {
        let limit = usual.max(agreed).saturating_mul(i64::from(self.factor));
        messages <= limit.max(i64::from(self.least))
    }
}

impl Sending {
    /// When a message may leave that is decided now. It waits for half of the time that is left of its window at most: a window
    /// shorter than the wait would otherwise never send anything.
    pub fn not_before(self, now: DateTime<Utc>, not_after: Option<DateTime<Utc>>) -> DateTime<Utc> {
        let left = not_after.map(|end| (end - now).max(TimeDelta::zero()) / 2);
        now + left.map_or(self.undo, |half| self.undo.min(half))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_waits_for_its_undo_time_and_for_half_of_a_short_window() {
        let now: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        let minutes = TimeDelta::minutes;
        let sending = Sending {
            undo: minutes(15),
            breaker: None,
        };
        let waits = |window: Option<i64>| {
            let end = window.map(|length| now + minutes(length));
            (sending.not_before(now, end) - now).num_minutes()
        };
        assert_eq!((waits(None), waits(Some(540)), waits(Some(10))), (15, 15, 5));
        assert_eq!(waits(Some(-3)), 0, "a window that has closed");
        assert_eq!(Sending::default().not_before(now, None), now);
    }

    #[test]
    fn a_run_is_too_large_above_so_many_times_the_usual_and_never_below_the_least() {
        let breaker = Breaker {
            factor: 5,
            least: 200,
        };
        for (messages, usual, agreed, allowed) in [
            (200, 0, 0, true),
            (201, 0, 0, false),
            (201, 40, 0, false),
            (201, 41, 0, true),
            (500, 100, 0, true),
            (501, 100, 0, false),
            (2505, 100, 501, true),
            (2506, 100, 501, false),
            (i64::MAX, i64::MAX, 0, true),
        ] {
            let may = breaker.allows(messages, usual, agreed);
            assert_eq!(may, allowed, "{messages} of {usual}, {agreed} agreed");
        }
    }
}

//! How the sending is held in check by settings.

use chrono::{DateTime, TimeDelta, Utc};

/// What holds between the decision of a message and its leaving.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sending {
    /// How long a message waits after its decision, so that it can be recalled; none below a minute is worth the name.
    pub undo: TimeDelta,
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
        let sending = Sending { undo: minutes(15) };
        let waits = |window: Option<i64>| {
            let end = window.map(|length| now + minutes(length));
            (sending.not_before(now, end) - now).num_minutes()
        };
        assert_eq!((waits(None), waits(Some(540)), waits(Some(10))), (15, 15, 5));
        assert_eq!(waits(Some(-3)), 0, "a window that has closed");
        assert_eq!(Sending::default().not_before(now, None), now);
    }
}

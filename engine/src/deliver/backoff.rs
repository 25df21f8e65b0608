//! When to try again. Nothing is random here: the same history gives the same moment.

use chrono::TimeDelta;

/// Tries before a recipient that is refused "for now" counts as refused for good: about four hours.
pub(super) const TRIES: i32 = 10;

/// How long to wait after so many tries that were answered with "not now": 1, 2, 4 ... minutes, at most an hour.
pub(super) fn after(tries: i32) -> TimeDelta {
    let doublings = tries.clamp(1, 7) - 1;
    TimeDelta::minutes((1_i64 << doublings).min(60))
}

/// How long to wait when the mail server itself cannot be used.
pub(super) const TROUBLE: TimeDelta = TimeDelta::minutes(2);
/// How long to wait with a mail that was not even tried, because the server was found to be down just before.
pub(super) const NOT_TRIED: TimeDelta = TimeDelta::minutes(1);

#[cfg(test)]
mod tests {
    use super::{TRIES, after};
    use chrono::TimeDelta;

    #[test]
    fn waits_double_up_to_an_hour() {
        let minutes: Vec<i64> = (1..=9).map(|tries| after(tries).num_minutes()).collect();
        assert_eq!(minutes, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn all_tries_take_about_four_hours() {
        let all: TimeDelta = (1..TRIES).map(after).sum();
        assert_eq!(all.num_hours(), 4);
    }
}

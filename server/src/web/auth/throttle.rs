//! Slows down guessing: after a few wrong passwords for one login, tries are refused for a while, longer each time.

use std::collections::HashMap;
use std::sync::Mutex;

use chrono::{DateTime, TimeDelta, Utc};

/// Wrong passwords that are free.
const FREE: u32 = 5;
/// Longest wait, in seconds.
const LONGEST: i64 = 900;
/// Logins remembered at most; beyond that the oldest are forgotten.
const MOST: usize = 10_000;

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: DateTime<Utc>,
}

/// Failed sign-ins by login, of this process.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<String, Failures>>);

impl Throttle {
    /// How many seconds this login must still wait; none when it may try.
    pub fn wait(&self, login: &str, now: DateTime<Utc>) -> Option<i64> {
        let map = self.0.lock().ok()?;
        let failures = map.get(&login.to_lowercase())?;
        let until = failures.last + TimeDelta::seconds(penalty(failures.count));
        (until > now).then(|| (until - now).num_seconds().max(1))
    }

    /// Notes a wrong password.
    pub fn failed(&self, login: &str, now: DateTime<Utc>) {
        let Ok(mut map) = self.0.lock() else { return };
        if map.len() >= MOST {
            let oldest = now - TimeDelta::seconds(LONGEST);
            map.retain(|_, failures| failures.last > oldest);
            if map.len() >= MOST {
                map.clear();
            }
        }
        let entry = map
            .entry(login.to_lowercase())
            .or_insert(Failures { count: 0, last: now });
        // A day without a failure forgives the ones before.
        if now - entry.last > TimeDelta::days(1) {
            entry.count = 0;
        }
        entry.count = entry.count.saturating_add(1);
        entry.last = now;
    }

    /// Forgets the failures of a login: the right password was given.
    pub fn succeeded(&self, login: &str) {
        if let Ok(mut map) = self.0.lock() {
            map.remove(&login.to_lowercase());
        }
    }
}

/// Seconds to wait after so many failures: 0 up to [`FREE`] less one, then 15, 30, 60 ... at most [`LONGEST`].
fn penalty(count: u32) -> i64 {
    match count.checked_sub(FREE) {
        None => 0,
        Some(over) => (15_i64 << over.min(6)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_five_wrong_passwords_a_login_waits_longer_each_time() {
        let throttle = Throttle::default();
        let now = DateTime::UNIX_EPOCH;
        for _ in 0..4 {
            throttle.failed("claire", now);
            assert_eq!(throttle.wait("claire", now), None);
        }
        throttle.failed("Claire", now);
        assert_eq!(throttle.wait("claire", now), Some(15));
        assert_eq!(throttle.wait("paul", now), None);
        assert_eq!(throttle.wait("claire", now + TimeDelta::seconds(15)), None);
        throttle.failed("claire", now + TimeDelta::seconds(15));
        assert_eq!(throttle.wait("claire", now + TimeDelta::seconds(15)), Some(30));
        throttle.succeeded("claire");
        assert_eq!(throttle.wait("claire", now + TimeDelta::seconds(16)), None);
    }

    #[test]
    fn waiting_never_exceeds_a_quarter_of_an_hour() {
        assert_eq!(penalty(1_000), 900);
    }
}

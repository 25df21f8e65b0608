//! How many messages may leave on a way, and to a mail domain.
//!
//! A limit is kept by one moment (the "theoretical arrival time" of the generic cell rate algorithm, ITU-T I.371): each message moves it on
//! by a step, and one may leave when it is not too far ahead of now. Any number of workers keep a limit together when they share the moment.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

/// At most so many messages in any stretch of so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: i32,
    period: TimeDelta,
}

impl Rate {
    /// Reads `100 per hour`: a number from 1 to 1000000, and `minute`, `hour` or `day`.
    pub fn read(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        let [count, "per", period] = words.as_slice() else {
            return None;
        };
        let period = match *period {
            "minute" => TimeDelta::minutes(1),
            "hour" => TimeDelta::hours(1),
            "day" => TimeDelta::days(1),
            _ => return None,
        };
        let count = count
            .parse()
            .ok()
            .filter(|count| (1..=1_000_000).contains(count))?;
        Some(Self { count, period })
    }

    /// How many may leave at once after a pause: what the rate gives in two seconds, and one more. Without them a worker that looks now and
    /// then could not reach a high rate.
    fn at_once(self) -> i32 {
        let seconds = self.period.num_seconds().max(1);
        let saved = i64::from(self.count) * 2 / seconds;
        1 + i32::try_from(saved).unwrap_or(i32::MAX).min(self.count - 1)
    }

    /// From one message to the next, rounded up to whole microseconds, as the store keeps moments. What may leave at once is taken off the
    /// rest: no stretch of the period, wherever it begins, has more than the count.
    pub fn step(self) -> TimeDelta {
        let (period, steps) = (
            self.period.num_microseconds().unwrap_or(i64::MAX),
            i64::from(self.count - self.at_once() + 1),
        );
        TimeDelta::microseconds(period.div_euclid(steps) + i64::from(period.rem_euclid(steps) > 0))
    }

    /// How far the moment may be ahead of a message that leaves.
    fn ahead(self) -> TimeDelta {
        self.step() * (self.at_once() - 1)
    }

    /// How many may leave now.
    pub fn free(self, moment: DateTime<Utc>, now: DateTime<Utc>) -> usize {
        let left = self.ahead() - (moment.max(now) - now);
        if left < TimeDelta::zero() {
            return 0;
        }
        let (left, step) = (
            left.num_microseconds().unwrap_or(0),
            self.step().num_microseconds().unwrap_or(i64::MAX),
        );
        usize::try_from(left.div_euclid(step) + 1).unwrap_or(0)
    }

    /// The moment after so many messages have left now.
    pub fn after(self, moment: DateTime<Utc>, sent: usize, now: DateTime<Utc>) -> DateTime<Utc> {
        let sent = i32::try_from(sent).unwrap_or(i32::MAX);
        if sent == 0 {
            moment
        } else {
            moment.max(now) + self.step() * sent
        }
    }

    /// When the next one may leave, and the one after `before` others.
    pub fn next(self, moment: DateTime<Utc>, before: usize, now: DateTime<Utc>) -> DateTime<Utc> {
        let first = (moment - self.ahead()).max(now);
        first + self.step() * i32::try_from(before).unwrap_or(i32::MAX)
    }
}

/// Limits of mail to domains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Domains {
    named: BTreeMap<String, Rate>,
    others: Option<Rate>,
}

impl Domains {
    /// Reads `orange.fr 100 per hour, * 20 per minute`, where `*` is each domain that is not named.
    pub fn read(text: &str) -> Option<Self> {
        let mut domains = Self::default();
        for entry in text.split(',') {
            let (domain, rate) = entry.trim().split_once(char::is_whitespace)?;
            let rate = Rate::read(rate)?;
            let twice = match domain {
                "*" => domains.others.replace(rate),
                _ if is_domain(domain) => domains.named.insert(domain.to_lowercase(), rate),
                _ => return None,
            };
            if twice.is_some() {
                return None;
            }
        }
        Some(domains)
    }

    /// The limit of a domain, given in small letters.
    pub fn of(&self, domain: &str) -> Option<Rate> {
        self.named.get(domain).copied().or(self.others)
    }

    fn rates(&self) -> impl Iterator<Item = Rate> {
        self.named.values().copied().chain(self.others)
    }
}

fn is_domain(text: &str) -> bool {
    let part = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-');
    text.contains('.') && text.split('.').all(part)
}

/// Limits of mail.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MailLimits {
    /// Of all mail.
    pub all: Option<Rate>,
    /// Of mail to one domain.
    pub domains: Domains,
}

impl MailLimits {
    /// All of them.
    pub fn rates(&self) -> impl Iterator<Item = Rate> {
        self.all.into_iter().chain(self.domains.rates())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rate(text: &str) -> Rate {
        Rate::read(text).unwrap()
    }

    #[test]
    fn a_limit_is_a_number_and_a_period() {
        assert_eq!(rate("100 per hour").period, TimeDelta::hours(1));
        assert_eq!(rate(" 1  per day ").count, 1);
        for bad in [
            "",
            "100",
            "100 an hour",
            "0 per hour",
            "-1 per day",
            "1.5 per hour",
            "1000001 per day",
            "5 per week",
            "1 per hour each",
        ] {
            assert_eq!(Rate::read(bad), None, "{bad}");
        }
    }

    #[test]
    fn domains_are_named_once_and_a_star_is_all_others() {
        let domains = Domains::read("Orange.fr 100 per hour, * 20 per minute").unwrap();
        assert_eq!(domains.of("orange.fr"), Some(rate("100 per hour")));
        assert_eq!(domains.of("free.fr"), Some(rate("20 per minute")));
        assert_eq!(Domains::read("a.fr 1 per day").unwrap().of("b.fr"), None);
        for bad in [
            "",
            "orange.fr",
            "orange 1 per day",
            "a@b.fr 1 per day",
            "a.fr 1 per day, a.fr 2 per day",
            "* 1 per day, * 1 per day",
            "a..fr 1 per day",
        ] {
            assert_eq!(Domains::read(bad), None, "{bad}");
        }
    }

    /// Plays senders that always have something to send and look at each of these moments.
    fn leave(rate: Rate, looks: impl Iterator<Item = DateTime<Utc>>) -> Vec<DateTime<Utc>> {
        let (mut moment, mut left) = (DateTime::UNIX_EPOCH, Vec::new());
        for now in looks {
            let free = rate.free(moment, now);
            moment = rate.after(moment, free, now);
            left.extend(std::iter::repeat_n(now, free));
        }
        left
    }

    #[test]
    fn no_stretch_of_the_period_has_more_than_the_count_and_the_rate_is_reached() {
        let start: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        for (text, look) in [
            ("1 per minute", 400),
            ("60 per minute", 400),
            ("600 per minute", 700),
            ("7 per hour", 1000),
            ("1000 per hour", 400),
        ] {
            let rate = rate(text);
            let looks = (0..)
                .map(|n| start + TimeDelta::milliseconds(look) * n)
                .take_while(|at| *at < start + rate.period * 3);
            let left = leave(rate, looks);
            for (place, first) in left.iter().enumerate() {
                let within = left[place..]
                    .iter()
                    .take_while(|at| **at < *first + rate.period)
                    .count();
                assert!(
                    within <= usize::try_from(rate.count).unwrap(),
                    "{text}: {within} from {first}"
                );
            }
            assert!(
                left.len() * 10 >= usize::try_from(rate.count * 3 * 9).unwrap(),
                "{text}: {} in three periods",
                left.len()
            );
        }
    }

    #[test]
    fn after_a_long_pause_no_more_leave_at_once_than_two_seconds_give_and_one() {
        let now: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        for (text, at_once) in [
            ("1 per day", 1),
            ("100 per hour", 1),
            ("600 per minute", 21),
            ("1000000 per minute", 33_334),
        ] {
            assert_eq!(rate(text).free(DateTime::UNIX_EPOCH, now), at_once, "{text}");
        }
    }

    #[test]
    fn who_waits_is_told_when_it_is_his_turn() {
        let now: DateTime<Utc> = "2026-03-02T08:00:00Z".parse().unwrap();
        let rate = rate("60 per hour");
        let moment = rate.after(DateTime::UNIX_EPOCH, 1, now);
        assert_eq!(rate.free(moment, now), 0);
        for (before, minutes) in [(0, 1), (1, 2), (99, 100)] {
            assert_eq!(rate.next(moment, before, now), now + TimeDelta::minutes(minutes));
        }
        assert_eq!(rate.free(moment, rate.next(moment, 0, now)), 1);
    }
}

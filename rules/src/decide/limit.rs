//! Not more messages to one account than the scenario allows.

use chrono::{DateTime, NaiveDate, Utc};
use relance_dsl::checked::Limit;

use super::case::Case;
use crate::facts::ProgressState;
use crate::stops::after;

/// How many messages may leave now.
pub(crate) struct Allowance {
    limit: Option<Limit>,
    /// For each message of the past, and each one that leaves now, the first day on which it no longer counts.
    counted_until: Vec<NaiveDate>,
    /// A message is under way, so nobody can say when it will count from.
    pub under_way: bool,
}

impl Allowance {
    /// What the messages of the past leave.
    pub fn of(case: &Case<'_>) -> Self {
        let Some(limit) = case.scenario.limit else {
            return Self {
                limit: None,
                counted_until: Vec::new(),
                under_way: false,
            };
        };
        let counted_until = case
            .facts
            .messages
            .iter()
            .map(|m| after(case.window.day_of(m.at), limit.per, &case.business))
            .filter(|until| *until > case.window_day)
            .collect();
        Self {
            limit: Some(limit),
            counted_until,
            under_way: message_under_way(case),
        }
    }

    /// Whether `count` more messages may leave now, the ones under way left aside.
    pub fn has_room(&self, count: usize) -> bool {
        self.limit
            .is_none_or(|limit| self.counted_until.len() + count <= usize::from(limit.messages))
    }

    /// Takes room for messages, or says that there is none.
    pub fn take(&mut self, case: &Case<'_>, count: usize) -> bool {
        if count == 0 {
            return true;
        }
        if self.limit.is_some() && self.under_way || !self.has_room(count) {
            return false;
        }
        if let Some(limit) = self.limit {
            let until = after(case.window_day, limit.per, &case.business);
            self.counted_until.extend(std::iter::repeat_n(until, count));
        }
        true
    }

    /// The first opening at which `count` messages may leave.
    pub fn next_room(&self, case: &Case<'_>, count: usize) -> Option<DateTime<Utc>> {
        let messages = usize::from(self.limit?.messages);
        let mut until = self.counted_until.clone();
        until.sort_unstable();
        // Of those that count today, all but `messages - count` must have ceased to.
        let cease = until.len().saturating_sub(messages.saturating_sub(count));
        let day = until.get(cease.checked_sub(1)?)?;
        case.opens_on(*day)
    }
}

/// Whether a message of any invoice has been decided and has not left yet.
fn message_under_way(case: &Case<'_>) -> bool {
    let mut decided = case.facts.invoices.iter().flat_map(|i| &i.progress);
    decided.any(|p| p.state == ProgressState::Pending && p.work.is_message())
}

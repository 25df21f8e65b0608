//! Which ways lead out of the house: what the place where a rulebook serves can do by itself.

use std::collections::BTreeSet;

/// The ways that are there. The rules say how they want to reach people; this says which of it a machine can do here. What it cannot
/// do becomes work for a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Names of the addresses that messages can be posted to; all that the rules name when `None`.
    webhooks: Option<BTreeSet<String>>,
}

impl Ways {
    /// Every way that the rules name: for trying rules out, where nothing really leaves.
    pub fn all() -> Self {
        Self { webhooks: None }
    }

    /// Mail, and these addresses to post to.
    pub fn of(webhooks: impl IntoIterator<Item = String>) -> Self {
        Self {
            webhooks: Some(webhooks.into_iter().collect()),
        }
    }

    /// Whether a message can be posted to the address of this name.
    pub fn has_webhook(&self, name: &str) -> bool {
        self.webhooks.as_ref().is_none_or(|there| there.contains(name))
    }
}

impl Default for Ways {
    fn default() -> Self {
        Self::all()
    }
}

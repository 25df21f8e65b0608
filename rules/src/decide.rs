//! The decision about one account.

use chrono::{DateTime, Utc};

use crate::decision::Decision;
use crate::facts::AccountFacts;
use crate::rulebook::Rulebook;

/// Decides what is to be done now for one account, what comes next for each open invoice, and why.
///
/// Pure and total: the same input gives the same output, and "nothing today" has its reasons too. Deciding again at
/// [`Decision::next_review_at`] makes progress; deciding before, with the same facts, gives nothing new.
pub fn decide(_rulebook: &Rulebook, _facts: &AccountFacts, _now: DateTime<Utc>) -> Decision {
    Decision {
        segment: None,
        score: None,
        scenario: None,
        actions: Vec::new(),
        outlook: Vec::new(),
        reasons: Vec::new(),
        next_review_at: None,
    }
}

//! The last look before a message leaves.

use chrono::{DateTime, Utc};

use crate::decision::Action;
use crate::facts::AccountFacts;
use crate::reason::Reason;
use crate::rulebook::Rulebook;

/// An action is called off; the account is to be decided anew.
#[derive(Debug, Clone, PartialEq)]
pub struct CallOff {
    /// Why. Never empty.
    pub reasons: Vec<Reason>,
}

/// Says whether an action that was decided under this same revision still holds, with the facts of this moment: its invoices are
/// open and due for the same step, nothing stands against it, its contact can be written to, its window is open.
///
/// `facts` may show the action itself as pending in the invoices' progress. A balance that only became smaller is no reason to
/// call off: the message is rendered with the balance of this moment.
pub fn recheck(
    _rulebook: &Rulebook,
    _facts: &AccountFacts,
    _action: &Action,
    _now: DateTime<Utc>,
) -> Result<(), CallOff> {
    Ok(())
}

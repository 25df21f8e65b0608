//! Work for people.

use chrono::{DateTime, Utc};
use relance_rules::ids::TaskId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;

/// What came of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskOutcome {
    /// Someone was spoken to.
    Reached,
    /// Nobody answered. The call counts as made.
    NoAnswer,
    /// A promise was made (the caller records it as one).
    Promise,
    /// Something is disputed (the caller records it as a dispute).
    Dispute,
    /// The customer says that it is paid.
    Paid,
    /// An address was found.
    Fixed,
    /// A message in doubt reached the customer.
    WasSent,
    /// A message in doubt did not, and is to be sent again.
    Resend,
    /// A message in doubt did not, and is not to be sent.
    Drop,
    /// Something else; see the note.
    Other,
}

/// Closes a task with its outcome.
pub async fn close(
    _connection: &mut PgConnection,
    _company: &Company,
    task: TaskId,
    _outcome: TaskOutcome,
    _note: &str,
    _actor: &str,
    _now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Err(StoreError::not_found("task", task))
}

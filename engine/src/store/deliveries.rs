//! The outbox.

use chrono::{DateTime, Utc};
use relance_rules::ids::DeliveryId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;

/// What a person found out about a message in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// It reached the customer.
    WasSent,
    /// It did not, and is to be sent (if it still holds).
    Resend,
    /// It did not, and is not to be sent: its step counts as carried out.
    Drop,
}

/// Settles a message in doubt; its task is closed with it.
pub async fn settle_doubt(
    _connection: &mut PgConnection,
    _company: &Company,
    delivery: DeliveryId,
    _settlement: Settlement,
    _actor: &str,
    _now: DateTime<Utc>,
) -> Result<(), StoreError> {
    Err(StoreError::not_found("message", delivery))
}

//! Disputes on invoices.

use chrono::{DateTime, Utc};
use relance_rules::ids::{DisputeId, InvoiceId};
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;

/// A dispute to be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDispute {
    /// The invoice.
    pub invoice: InvoiceId,
    /// What it is about, as `price` or `delivery`.
    pub category: String,
    /// In words; may be empty.
    pub note: String,
}

/// Opens a dispute today. Refused with [`StoreError::Conflict`]: the invoice has an open one, or is settled.
pub async fn open(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewDispute,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<DisputeId, StoreError> {
    let _ = (connection, company, new, actor, now);
    Err(StoreError::not_found("invoice", new.invoice))
}

/// Closes a dispute today: accepted (the customer is right) or rejected. Refused: it is closed already.
pub async fn close(
    connection: &mut PgConnection,
    company: &Company,
    dispute: DisputeId,
    accepted: bool,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let _ = (connection, company, dispute, accepted, actor, now);
    Err(StoreError::not_found("dispute", dispute))
}

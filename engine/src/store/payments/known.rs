//! What the store knows of payments that come in, and of the invoices that they name.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use relance_rules::dsl::money::Money;
use relance_rules::ids::{CustomerId, InvoiceId, PaymentId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::NewPayment;
use crate::store::companies::Company;
use crate::store::{StoreError, values};

/// A payment as stored.
pub(super) struct Stored {
    pub(super) id: PaymentId,
    pub(super) customer: CustomerId,
    pub(super) received_on: NaiveDate,
    pub(super) amount: Money,
    pub(super) unallocated: Decimal,
    pub(super) note: Option<String>,
    /// Who took it back, when it was.
    pub(super) taken_back_by: Option<String>,
}

/// An invoice that is named.
pub(super) struct Named {
    pub(super) id: InvoiceId,
    pub(super) customer: CustomerId,
    /// What is open, in its currency.
    pub(super) open: Money,
}

/// All of it, by reference and number.
pub(super) struct Known {
    pub(super) payments: HashMap<String, Stored>,
    pub(super) invoices: HashMap<String, Named>,
    /// Which payment has paid which invoice.
    pub(super) pairs: HashSet<(PaymentId, InvoiceId)>,
}

impl Known {
    /// Reads it; the accounts' locks are held.
    pub(super) async fn load(
        connection: &mut PgConnection,
        company: &Company,
        new: &[NewPayment],
    ) -> Result<Self, StoreError> {
        let payments = payments(&mut *connection, company, new).await?;
        let invoices = invoices(&mut *connection, company, new).await?;
        let ids: Vec<i64> = payments.values().map(|stored| stored.id.0).collect();
        let rows = sqlx::query!(
            r#"select payment_id as "payment_id!", invoice_id from allocations
               where company_id = $1 and payment_id = any($2::bigint[])"#,
            company.id.0,
            &ids,
        )
        .fetch_all(connection)
        .await?;
        let pairs = rows
            .into_iter()
            .map(|row| (PaymentId(row.payment_id), InvoiceId(row.invoice_id)))
            .collect();
        Ok(Self {
            payments,
            invoices,
            pairs,
        })
    }
}

async fn payments(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewPayment],
) -> Result<HashMap<String, Stored>, StoreError> {
    let references: Vec<String> = new.iter().map(|p| p.reference.clone()).collect();
    sqlx::query!(
        "select id, customer_id, reference, received_on, amount, unallocated, currency, note, taken_back_by
         from payments where company_id = $1 and reference = any($2::text[])",
        company.id.0,
        &references,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let stored = Stored {
            id: PaymentId(row.id),
            customer: CustomerId(row.customer_id),
            received_on: row.received_on,
            amount: values::money(row.amount, &row.currency)?,
            unallocated: row.unallocated,
            note: row.note,
            taken_back_by: row.taken_back_by,
        };
        Ok((row.reference, stored))
    })
    .collect()
}

async fn invoices(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewPayment],
) -> Result<HashMap<String, Named>, StoreError> {
    let numbers: Vec<String> = new
        .iter()
        .flat_map(|p| p.pays.iter().map(|pays| pays.invoice.clone()))
        .collect();
    sqlx::query!(
        "select id, customer_id, number, open_amount, currency from invoices
         where company_id = $1 and kind = 'invoice' and number = any($2::text[])",
        company.id.0,
        &numbers,
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(|row| {
        let named = Named {
            id: InvoiceId(row.id),
            customer: CustomerId(row.customer_id),
            open: values::money(row.open_amount, &row.currency)?,
        };
        Ok((row.number, named))
    })
    .collect()
}

//! Disputes on invoices.

use chrono::{DateTime, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{CustomerId, DisputeId, InvoiceId};
use sqlx::PgConnection;

use super::companies::Company;
use super::events::EventKind;
use super::{StoreError, accounts, events, invoices};

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

/// Opens a dispute today and wakes the account. Refused with [`StoreError::Conflict`]: the invoice has an open one, or is
/// settled.
pub async fn open(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewDispute,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<DisputeId, StoreError> {
    let invoice = invoices::wake_open(&mut *connection, company, new.invoice, now).await?;
    let opened = sqlx::query_scalar!(
        "insert into disputes (company_id, invoice_id, customer_id, category, note, opened_on, opened_by, created_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8)
         on conflict (company_id, invoice_id) where state = 'open' do nothing
         returning id",
        company.id.0,
        new.invoice.0,
        invoice.customer.0,
        new.category,
        new.note,
        company.today(now),
        actor,
        now,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(id) = opened else {
        let why = text!(
            "there is an open dispute on it; close that one first",
            "un litige est déjà ouvert ; commencez par le clore"
        );
        return Err(StoreError::conflict("invoice", &invoice.number, why));
    };
    let kind = EventKind::DisputeOpened {
        category: new.category.clone(),
        note: new.note.clone(),
    };
    events::append_of(
        connection,
        company,
        invoice.customer,
        Some(new.invoice),
        kind,
        actor,
        now,
    )
    .await?;
    Ok(DisputeId(id))
}

/// Closes a dispute today, accepted (the customer is right) or rejected, and wakes the account. Refused with
/// [`StoreError::Conflict`]: it is closed already.
pub async fn close(
    connection: &mut PgConnection,
    company: &Company,
    dispute: DisputeId,
    accepted: bool,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = sqlx::query!(
        "select customer_id, invoice_id from disputes where company_id = $1 and id = $2",
        company.id.0,
        dispute.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("dispute", dispute))?;
    let customer = CustomerId(row.customer_id);
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let closed = sqlx::query!(
        "update disputes set state = $3, closed_on = greatest(opened_on, $4)
         where company_id = $1 and id = $2 and state = 'open'",
        company.id.0,
        dispute.0,
        if accepted { "accepted" } else { "rejected" },
        company.today(now),
    )
    .execute(&mut *connection)
    .await?;
    if closed.rows_affected() == 0 {
        return Err(StoreError::conflict(
            "dispute",
            dispute,
            text!("it is closed already", "il est déjà clos"),
        ));
    }
    let kind = EventKind::DisputeClosed { accepted };
    events::append_of(
        connection,
        company,
        customer,
        Some(InvoiceId(row.invoice_id)),
        kind,
        actor,
        now,
    )
    .await
}

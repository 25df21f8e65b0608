//! Payments taken back: returned direct debits, bounced cheques.

use chrono::{DateTime, Utc};
use relance_rules::ids::{CustomerId, InvoiceId, PaymentId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

use crate::store::companies::Company;
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::{StoreError, Upserted, accounts, values};

/// Takes a payment back: its allocations are undone, invoices that were settled are open again, in their next cycle. The account is
/// woken. A payment taken back before: nothing happens.
pub async fn take_back(
    connection: &mut PgConnection,
    company: &Company,
    payment: PaymentId,
    why: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Upserted, StoreError> {
    let customer = sqlx::query_scalar!(
        "select customer_id from payments where company_id = $1 and id = $2",
        company.id.0,
        payment.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("payment", payment))?;
    let customer = CustomerId(customer);
    accounts::lock_many(&mut *connection, company.id, &[customer]).await?;
    let row = sqlx::query!(
        "update payments set unallocated = 0, taken_back_on = $3, taken_back_by = $4
         where company_id = $1 and id = $2 and taken_back_on is null
         returning reference, amount, currency",
        company.id.0,
        payment.0,
        company.today(now),
        actor,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else {
        return Ok(Upserted::Unchanged);
    };
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let event = |kind, invoice| NewEvent {
        company: company.id,
        at: now,
        kind,
        customer: Some(customer),
        invoice,
        action: None,
        actor,
    };
    let taken_back = EventKind::PaymentTakenBack {
        reference: row.reference.clone(),
        amount: values::money(row.amount, &row.currency)?.to_string(),
        why: why.to_owned(),
    };
    let mut happened = vec![event(taken_back, None)];
    for (id, number) in reopen(&mut *connection, company, payment).await? {
        let kind = EventKind::InvoiceReopened {
            number,
            why: format!("payment {} was taken back: {why}", row.reference),
        };
        happened.push(event(kind, Some(id)));
    }
    events::append_many(connection, &happened).await?;
    Ok(Upserted::Changed)
}

/// [`take_back`] by the payment's reference; one that was never stored is nothing to do: `None`.
pub async fn take_back_reference(
    connection: &mut PgConnection,
    company: &Company,
    reference: &str,
    why: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Option<Upserted>, StoreError> {
    let id = sqlx::query_scalar!(
        "select id from payments where company_id = $1 and reference = $2",
        company.id.0,
        reference,
    )
    .fetch_optional(&mut *connection)
    .await?;
    match id {
        Some(id) => Ok(Some(
            take_back(connection, company, PaymentId(id), why, actor, now).await?,
        )),
        None => Ok(None),
    }
}

/// Which of these references are payments that have not been taken back.
pub(crate) async fn standing(
    connection: &mut PgConnection,
    company: &Company,
    references: &[String],
) -> Result<Vec<PaymentId>, StoreError> {
    let ids = sqlx::query_scalar!(
        "select id from payments
         where company_id = $1 and reference = any($2::text[]) and taken_back_on is null order by customer_id, id",
        company.id.0,
        references,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(PaymentId).collect())
}

/// Undoes the payment's allocations; gives the invoices that were settled and are open again.
async fn reopen(
    connection: &mut PgConnection,
    company: &Company,
    payment: PaymentId,
) -> Result<Vec<(InvoiceId, String)>, StoreError> {
    let undone = sqlx::query!(
        "delete from allocations where company_id = $1 and payment_id = $2 returning invoice_id, amount",
        company.id.0,
        payment.0,
    )
    .fetch_all(&mut *connection)
    .await?;
    let ids: Vec<i64> = undone.iter().map(|row| row.invoice_id).collect();
    let amounts: Vec<Decimal> = undone.iter().map(|row| row.amount).collect();
    let rows = sqlx::query!(
        r#"with n as (select * from unnest($2::bigint[], $3::numeric[]) as n (id, amount)),
                before as (select i.id, i.settled_on from invoices i join n on n.id = i.id where i.company_id = $1)
           update invoices i
           set open_amount = i.open_amount + n.amount, settled_on = null,
               cycle = i.cycle + case when before.settled_on is null then 0 else 1 end
           from n join before on before.id = n.id
           where i.company_id = $1 and i.id = n.id
           returning i.id, i.number, before.settled_on is not null as "was_settled!""#,
        company.id.0,
        &ids,
        &amounts,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .filter(|row| row.was_settled)
        .map(|row| (InvoiceId(row.id), row.number))
        .collect())
}

//! Writes what was planned.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::ids::PaymentId;
use rust_decimal::Decimal;
use sqlx::PgConnection;

use super::NewPayment;
use super::plan::{Plan, Step};
use crate::store::allocations::{self, Part, Source};
use crate::store::companies::Company;
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::{StoreError, Upserted};

/// Payments, allocations and events; results in input order.
pub(super) async fn run(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewPayment],
    plan: Plan,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<Vec<Result<(PaymentId, Upserted), StoreError>>, StoreError> {
    let picked = |wanted: fn(&Step) -> bool| -> Vec<&NewPayment> {
        let pairs = new.iter().zip(&plan.steps);
        pairs
            .filter(|(_, step)| step.as_ref().is_ok_and(wanted))
            .map(|(payment, _)| payment)
            .collect()
    };
    let inserts = picked(|step| matches!(step, Step::Insert));
    let revivals = picked(|step| matches!(step, Step::Revive(_)));
    let corrections = picked(|step| matches!(step, Step::Change { corrected: true, .. }));
    let inserted = insert(&mut *connection, company, &inserts, now).await?;
    revive(&mut *connection, company, &revivals).await?;
    correct(&mut *connection, company, &corrections).await?;
    let ids: Vec<Option<PaymentId>> = new
        .iter()
        .zip(&plan.steps)
        .map(|(payment, step)| match step {
            Ok(Step::Insert) => inserted.get(&payment.reference).copied(),
            Ok(Step::Revive(id) | Step::Change { id, .. } | Step::Nothing(id)) => Some(*id),
            Err(_) => None,
        })
        .collect();
    received(
        &mut *connection,
        company,
        &[inserts, revivals].concat(),
        actor,
        now,
    )
    .await?;
    let parts: Vec<Part> = plan
        .parts
        .iter()
        .filter_map(|part| {
            Some(Part {
                source: Source::Payment(ids[part.payment]?),
                invoice: part.invoice,
                amount: part.amount,
                on: new[part.payment].received_on,
            })
        })
        .collect();
    allocations::write(connection, company, &parts, actor, now).await?;
    Ok(plan
        .steps
        .into_iter()
        .zip(ids)
        .zip(new)
        .map(|((step, id), payment)| {
            let what = match step? {
                Step::Insert => Upserted::New,
                Step::Revive(_) | Step::Change { .. } => Upserted::Changed,
                Step::Nothing(_) => Upserted::Unchanged,
            };
            let id = id.ok_or_else(|| StoreError::not_found("payment", &payment.reference))?;
            Ok((id, what))
        })
        .collect())
}

async fn insert(
    connection: &mut PgConnection,
    company: &Company,
    new: &[&NewPayment],
    now: DateTime<Utc>,
) -> Result<HashMap<String, PaymentId>, StoreError> {
    let customers: Vec<i64> = new.iter().map(|p| p.customer.0).collect();
    let references: Vec<String> = new.iter().map(|p| p.reference.clone()).collect();
    let days: Vec<NaiveDate> = new.iter().map(|p| p.received_on).collect();
    let amounts: Vec<Decimal> = new.iter().map(|p| p.amount.amount).collect();
    let currencies: Vec<String> = new.iter().map(|p| p.amount.currency.code().to_owned()).collect();
    let notes: Vec<Option<String>> = new.iter().map(|p| p.note.clone()).collect();
    let rows = sqlx::query!(
        "insert into payments (company_id, customer_id, reference, received_on, amount, unallocated, currency, note, created_at)
         select $1, customer_id, reference, received_on, amount, amount, currency, note, $8
         from unnest($2::bigint[], $3::text[], $4::date[], $5::numeric[], $6::text[], $7::text[])
              as n (customer_id, reference, received_on, amount, currency, note)
         returning id, reference",
        company.id.0,
        &customers,
        &references,
        &days,
        &amounts,
        &currencies,
        &notes as &[Option<String>],
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.reference, PaymentId(row.id)))
        .collect())
}

/// Payments that count again.
async fn revive(
    connection: &mut PgConnection,
    company: &Company,
    again: &[&NewPayment],
) -> Result<(), StoreError> {
    let references: Vec<String> = again.iter().map(|p| p.reference.clone()).collect();
    let days: Vec<NaiveDate> = again.iter().map(|p| p.received_on).collect();
    sqlx::query!(
        "update payments p
         set unallocated = p.amount, received_on = n.received_on, taken_back_on = null, taken_back_by = null
         from unnest($2::text[], $3::date[]) as n (reference, received_on)
         where p.company_id = $1 and p.reference = n.reference",
        company.id.0,
        &references,
        &days,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Corrected days and notes; the days of the allocations and of the settlements follow.
async fn correct(
    connection: &mut PgConnection,
    company: &Company,
    corrected: &[&NewPayment],
) -> Result<(), StoreError> {
    if corrected.is_empty() {
        return Ok(());
    }
    let references: Vec<String> = corrected.iter().map(|p| p.reference.clone()).collect();
    let days: Vec<NaiveDate> = corrected.iter().map(|p| p.received_on).collect();
    let notes: Vec<Option<String>> = corrected.iter().map(|p| p.note.clone()).collect();
    let ids = sqlx::query_scalar!(
        "update payments p set received_on = n.received_on, note = n.note
         from unnest($2::text[], $3::date[], $4::text[]) as n (reference, received_on, note)
         where p.company_id = $1 and p.reference = n.reference
         returning p.id",
        company.id.0,
        &references,
        &days,
        &notes as &[Option<String>],
    )
    .fetch_all(&mut *connection)
    .await?;
    let invoices = sqlx::query_scalar!(
        "update allocations a set allocated_on = p.received_on
         from payments p
         where p.company_id = $1 and p.id = any($2::bigint[]) and a.company_id = $1 and a.payment_id = p.id
         returning a.invoice_id",
        company.id.0,
        &ids,
    )
    .fetch_all(&mut *connection)
    .await?;
    sqlx::query!(
        "update invoices i
         set settled_on = (select max(a.allocated_on) from allocations a where a.company_id = $1 and a.invoice_id = i.id)
         where i.company_id = $1 and i.id = any($2::bigint[]) and i.settled_on is not null",
        company.id.0,
        &invoices,
    )
    .execute(connection)
    .await?;
    Ok(())
}

async fn received(
    connection: &mut PgConnection,
    company: &Company,
    payments: &[&NewPayment],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let events: Vec<NewEvent<'_>> = payments
        .iter()
        .map(|payment| NewEvent {
            company: company.id,
            at: now,
            kind: EventKind::PaymentReceived {
                reference: payment.reference.clone(),
                amount: payment.amount.to_string(),
            },
            customer: Some(payment.customer),
            invoice: None,
            action: None,
            actor,
        })
        .collect();
    Ok(events::append_many(connection, &events).await?)
}

//! New and changed documents, by sets.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::ids::InvoiceId;
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;

use super::{Key, NewInvoice, Update, key};
use crate::store::StoreError;
use crate::store::companies::Company;
use crate::store::custom;

/// Stores new documents; gives their ids.
pub(super) async fn insert(
    connection: &mut PgConnection,
    company: &Company,
    new: &[&NewInvoice],
    now: DateTime<Utc>,
) -> Result<HashMap<Key, InvoiceId>, StoreError> {
    let today = company.today(now);
    let customers: Vec<i64> = new.iter().map(|i| i.customer.0).collect();
    let kinds: Vec<String> = new.iter().map(|i| i.kind.name().to_owned()).collect();
    let numbers: Vec<String> = new.iter().map(|i| i.number.clone()).collect();
    let issued: Vec<NaiveDate> = new.iter().map(|i| i.issued).collect();
    let due: Vec<NaiveDate> = new.iter().map(|i| i.due).collect();
    let amounts: Vec<Decimal> = new.iter().map(|i| i.amount.amount).collect();
    let currencies: Vec<String> = new.iter().map(|i| i.amount.currency.code().to_owned()).collect();
    let orders: Vec<Option<String>> = new.iter().map(|i| i.purchase_order.clone()).collect();
    let known: Vec<NaiveDate> = new
        .iter()
        .map(|i| i.known_since.unwrap_or(today).min(today))
        .collect();
    let customs: Vec<Value> = new.iter().map(|i| custom::written(&i.custom)).collect();
    let rows = sqlx::query!(
        "insert into invoices (company_id, customer_id, kind, number, issued, due, amount, open_amount, currency,
                               purchase_order, known_since, custom, created_at)
         select $1, customer_id, kind, number, issued, due, amount, amount, currency, purchase_order, known_since,
                jsonb_strip_nulls(custom), $12
         from unnest($2::bigint[], $3::text[], $4::text[], $5::date[], $6::date[], $7::numeric[], $8::text[], $9::text[],
                     $10::date[], $11::jsonb[])
              as n (customer_id, kind, number, issued, due, amount, currency, purchase_order, known_since, custom)
         returning id, kind, number",
        company.id.0,
        &customers,
        &kinds,
        &numbers,
        &issued,
        &due,
        &amounts,
        &currencies,
        &orders as &[Option<String>],
        &known,
        &customs,
        now,
    )
    .fetch_all(connection)
    .await?;
    let ids: HashMap<(String, String), i64> = rows
        .into_iter()
        .map(|row| ((row.kind, row.number), row.id))
        .collect();
    Ok(new
        .iter()
        .filter_map(|invoice| {
            let id = ids.get(&(invoice.kind.name().to_owned(), invoice.number.clone()))?;
            Some((key(invoice), InvoiceId(*id)))
        })
        .collect())
}

/// Writes what has changed.
pub(super) async fn update(
    connection: &mut PgConnection,
    company: &Company,
    updates: &[(&NewInvoice, &Update)],
) -> Result<(), StoreError> {
    let ids: Vec<i64> = updates.iter().map(|(_, u)| u.id.0).collect();
    let issued: Vec<NaiveDate> = updates.iter().map(|(i, _)| i.issued).collect();
    let due: Vec<NaiveDate> = updates.iter().map(|(i, _)| i.due).collect();
    let amounts: Vec<Decimal> = updates.iter().map(|(i, _)| i.amount.amount).collect();
    let open: Vec<Decimal> = updates.iter().map(|(_, u)| u.open).collect();
    let currencies: Vec<String> = updates
        .iter()
        .map(|(i, _)| i.amount.currency.code().to_owned())
        .collect();
    let orders: Vec<Option<String>> = updates.iter().map(|(i, _)| i.purchase_order.clone()).collect();
    let settled: Vec<Option<NaiveDate>> = updates.iter().map(|(_, u)| u.settled_on).collect();
    let cycles: Vec<i32> = updates.iter().map(|(_, u)| u.cycle).collect();
    let customs: Vec<Value> = updates.iter().map(|(i, _)| custom::written(&i.custom)).collect();
    sqlx::query!(
        "update invoices i
         set issued = n.issued, due = n.due, amount = n.amount, open_amount = n.open, currency = n.currency,
             purchase_order = n.purchase_order, settled_on = n.settled_on, cycle = n.cycle,
             custom = jsonb_strip_nulls(i.custom || n.custom)
         from unnest($2::bigint[], $3::date[], $4::date[], $5::numeric[], $6::numeric[], $7::text[], $8::text[], $9::date[],
                     $10::int[], $11::jsonb[])
              as n (id, issued, due, amount, open, currency, purchase_order, settled_on, cycle, custom)
         where i.company_id = $1 and i.id = n.id",
        company.id.0,
        &ids,
        &issued,
        &due,
        &amounts,
        &open,
        &currencies,
        &orders as &[Option<String>],
        &settled as &[Option<NaiveDate>],
        &cycles,
        &customs,
    )
    .execute(connection)
    .await?;
    Ok(())
}

//! Debtor accounts.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;
use relance_rules::facts::CustomerKind;
use relance_rules::ids::CustomerId;
use rust_decimal::Decimal;
use serde_json::Value;
use sqlx::PgConnection;

use super::companies::Company;
use super::custom::{self, Noted};
use super::{StoreError, Upserted, accounts, values};

/// A debtor account to be stored under its number.
#[derive(Debug, Clone, PartialEq)]
pub struct NewCustomer {
    /// Number in the creditor's books, as `C00012`: the key.
    pub number: String,
    /// Name.
    pub name: String,
    /// Business, public body or consumer.
    pub kind: CustomerKind,
    /// Two-letter country code, in capitals.
    pub country: String,
    /// Two-letter language code, when noted.
    pub language: Option<String>,
    /// Time zone, when noted.
    pub time_zone: Option<Tz>,
    /// Free tags.
    pub tags: Vec<String>,
    /// Most that the customer may owe, in units of the company's currency.
    pub credit_limit: Option<Decimal>,
    /// Segment set by hand; `None` leaves a segment that a person set as it is.
    pub segment: Option<String>,
    /// Fields of the firm's own: `None` takes what is stored away, a field that is not named stays as it is.
    pub custom: Noted,
}

/// Stores one customer; see [`upsert_many`].
pub async fn upsert(
    connection: &mut PgConnection,
    company: &Company,
    new: &NewCustomer,
    now: DateTime<Utc>,
) -> Result<(CustomerId, Upserted), StoreError> {
    let mut done = upsert_many(connection, company, std::slice::from_ref(new), now).await?;
    done.pop()
        .ok_or_else(|| StoreError::not_found("customer", &new.number))
}

/// Stores customers under their numbers, in a fixed number of statements; results in input order. No number may occur
/// twice. New and changed accounts are woken; unchanged ones are not touched.
pub async fn upsert_many(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewCustomer],
    now: DateTime<Utc>,
) -> Result<Vec<(CustomerId, Upserted)>, StoreError> {
    let numbers: Vec<String> = new.iter().map(|c| c.number.clone()).collect();
    let before = ids_by_number(&mut *connection, company, &numbers).await?;
    let known: Vec<CustomerId> = before.iter().flatten().copied().collect();
    accounts::lock_many(&mut *connection, company.id, &known).await?;
    let written = write(&mut *connection, company, new, now).await?;
    let touched: Vec<CustomerId> = written.values().map(|(id, _)| *id).collect();
    accounts::wake_many(&mut *connection, company.id, &touched, now).await?;
    // Asked again: another import may have stored the same customers while this one waited for it.
    let after = ids_by_number(connection, company, &numbers).await?;
    numbers
        .iter()
        .zip(after)
        .map(|(number, after)| match (written.get(number), after) {
            (Some(done), _) => Ok(*done),
            (None, Some(id)) => Ok((id, Upserted::Unchanged)),
            (None, None) => Err(StoreError::not_found("customer", number)),
        })
        .collect()
}

/// Writes what is new or different; gives these, by number.
async fn write(
    connection: &mut PgConnection,
    company: &Company,
    new: &[NewCustomer],
    now: DateTime<Utc>,
) -> Result<HashMap<String, (CustomerId, Upserted)>, StoreError> {
    let numbers: Vec<String> = new.iter().map(|c| c.number.clone()).collect();
    let names: Vec<String> = new.iter().map(|c| c.name.clone()).collect();
    let kinds: Vec<String> = new
        .iter()
        .map(|c| values::customer_kind_name(c.kind).to_owned())
        .collect();
    let countries: Vec<String> = new.iter().map(|c| c.country.clone()).collect();
    let languages: Vec<Option<String>> = new.iter().map(|c| c.language.clone()).collect();
    let zones: Vec<Option<String>> = new
        .iter()
        .map(|c| c.time_zone.map(|zone| zone.name().to_owned()))
        .collect();
    // Arrays of arrays of different lengths do not exist in Postgres: tags travel joined by a character that no tag holds.
    let tags: Vec<String> = new.iter().map(|c| c.tags.join("\u{1f}")).collect();
    let limits: Vec<Option<Decimal>> = new.iter().map(|c| c.credit_limit).collect();
    let segments: Vec<Option<String>> = new.iter().map(|c| c.segment.clone()).collect();
    let customs: Vec<Value> = new.iter().map(|c| custom::written(&c.custom)).collect();
    let rows = sqlx::query!(
        r#"insert into customers as c
               (company_id, number, name, kind, country, language, time_zone, tags, credit_limit, segment, custom,
                created_at)
           select $1, n.number, n.name, n.kind, n.country, n.language, n.time_zone,
                  string_to_array(n.tags, chr(31)), n.credit_limit, n.segment,
                  jsonb_strip_nulls(coalesce(o.custom, '{}') || n.custom), $12
           from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                       $9::numeric[], $10::text[], $11::jsonb[])
                as n (number, name, kind, country, language, time_zone, tags, credit_limit, segment, custom)
           left join customers o on o.company_id = $1 and o.number = n.number
           on conflict (company_id, number) do update
           set name = excluded.name, kind = excluded.kind, country = excluded.country, language = excluded.language,
               time_zone = excluded.time_zone, tags = excluded.tags, credit_limit = excluded.credit_limit,
               segment = coalesce(excluded.segment, c.segment), custom = excluded.custom
           where (c.name, c.kind, c.country, c.language, c.time_zone, c.tags, c.credit_limit, c.segment, c.custom)
                 is distinct from (excluded.name, excluded.kind, excluded.country, excluded.language, excluded.time_zone,
                                   excluded.tags, excluded.credit_limit, coalesce(excluded.segment, c.segment),
                                   excluded.custom)
           returning c.id, c.number, (xmax = 0) as "inserted!""#,
        company.id.0,
        &numbers,
        &names,
        &kinds,
        &countries,
        &languages as &[Option<String>],
        &zones as &[Option<String>],
        &tags,
        &limits as &[Option<Decimal>],
        &segments as &[Option<String>],
        &customs,
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let what = if row.inserted {
                Upserted::New
            } else {
                Upserted::Changed
            };
            (row.number, (CustomerId(row.id), what))
        })
        .collect())
}

/// The ids of the customers with these numbers, in the order of the numbers; `None` where there is none.
pub async fn ids_by_number(
    connection: &mut PgConnection,
    company: &Company,
    numbers: &[String],
) -> Result<Vec<Option<CustomerId>>, StoreError> {
    let rows = sqlx::query!(
        r#"select c.id as "id?" from unnest($2::text[]) with ordinality as n (number, at)
           left join customers c on c.company_id = $1 and c.number = n.number
           order by n.at"#,
        company.id.0,
        numbers,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(|row| row.id.map(CustomerId)).collect())
}

/// Sets or clears (`None`) the segment by hand, and wakes the account.
pub async fn set_segment(
    connection: &mut PgConnection,
    company: &Company,
    customer: CustomerId,
    segment: Option<&str>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    accounts::lock_many(&mut *connection, company.id, &[customer]).await?;
    let written = sqlx::query!(
        "update customers set segment = $3 where company_id = $1 and id = $2",
        company.id.0,
        customer.0,
        segment,
    )
    .execute(&mut *connection)
    .await?;
    if written.rows_affected() == 0 {
        return Err(StoreError::not_found("customer", customer));
    }
    Ok(accounts::wake(connection, company.id, customer, now).await?)
}

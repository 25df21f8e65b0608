//! When each account is looked at next.

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, CustomerId};
use rust_decimal::Decimal;
use sqlx::PgConnection;

/// Has the account looked at as soon as possible, and takes its row lock until the end of the transaction.
///
/// Whatever changes what is known of an account (an invoice, a payment, a dispute ...) calls this in the same transaction,
/// *before* it writes the fact: reviews and sending claims take the same lock, so none of them works on a half-known account.
pub async fn wake(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "insert into accounts (company_id, customer_id, next_review_at) values ($1, $2, $3)
         on conflict (company_id, customer_id) do update
         set next_review_at = least(accounts.next_review_at, excluded.next_review_at)",
        company.0,
        customer.0,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// [`wake`] for many accounts in one statement, in the order of their ids, so that two callers never wait for each other in
/// a circle.
pub async fn wake_many(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[CustomerId],
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = customers.iter().map(|c| c.0).collect();
    sqlx::query!(
        "insert into accounts (company_id, customer_id, next_review_at)
         select $1, c.id, $3 from (select distinct unnest($2::bigint[]) as id order by 1) c
         on conflict (company_id, customer_id) do update
         set next_review_at = least(accounts.next_review_at, excluded.next_review_at)",
        company.0,
        &ids,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the row locks of many accounts until the end of the transaction, in the order of their ids, without waking them:
/// for callers that find out only under the lock whether anything changes.
pub async fn lock_many(
    connection: &mut PgConnection,
    company: CompanyId,
    customers: &[CustomerId],
) -> Result<(), sqlx::Error> {
    let ids: Vec<i64> = customers.iter().map(|c| c.0).collect();
    sqlx::query!(
        "select customer_id from accounts where company_id = $1 and customer_id = any($2::bigint[])
         order by customer_id for update",
        company.0,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(())
}

/// Has every account looked at as soon as possible: the rules changed.
pub async fn wake_all(connection: &mut PgConnection, now: DateTime<Utc>) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update accounts a set next_review_at = least(a.next_review_at, $1)
         from (select company_id, customer_id from accounts order by company_id, customer_id for update) l
         where a.company_id = l.company_id and a.customer_id = l.customer_id",
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Whether a company has an account that is due. Nothing is locked.
pub async fn is_due(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"select exists (select from accounts where company_id = $1 and next_review_at <= $2) as "due!""#,
        company.0,
        now,
    )
    .fetch_one(connection)
    .await
}

/// When the next account of a company is due, or since when the first one is.
pub async fn next_due(
    connection: &mut PgConnection,
    company: CompanyId,
) -> Result<Option<DateTime<Utc>>, sqlx::Error> {
    sqlx::query_scalar!(
        "select min(next_review_at) from accounts where company_id = $1",
        company.0
    )
    .fetch_one(connection)
    .await
}

/// Accounts of a company that are looked at until a moment, with the moment of each, in the order of time. Nothing is locked.
pub async fn due_until(
    connection: &mut PgConnection,
    company: CompanyId,
    until: DateTime<Utc>,
    limit: i64,
) -> Result<Vec<(CustomerId, DateTime<Utc>)>, sqlx::Error> {
    let rows = sqlx::query!(
        r#"select customer_id, next_review_at as "next_review_at!" from accounts
           where company_id = $1 and next_review_at <= $2 order by next_review_at, customer_id limit $3"#,
        company.0,
        until,
        limit,
    )
    .fetch_all(connection)
    .await?;
    let due = rows
        .into_iter()
        .map(|row| (CustomerId(row.customer_id), row.next_review_at));
    Ok(due.collect())
}

/// Accounts of a company that are due, the longest due first, locked until the end of the transaction; those that another worker
/// holds are left to it.
pub async fn claim_due(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<CustomerId>, sqlx::Error> {
    let ids = sqlx::query_scalar!(
        "select customer_id from accounts where company_id = $1 and next_review_at <= $2
         order by next_review_at limit $3 for update skip locked",
        company.0,
        now,
        i64::from(limit),
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(CustomerId).collect())
}

/// Takes the lock of one account if it is due; `false` when it is not, or another worker holds it.
pub async fn claim_one(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    now: DateTime<Utc>,
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query!(
        "select customer_id from accounts where company_id = $1 and customer_id = $2 and next_review_at <= $3
         for update skip locked",
        company.0,
        customer.0,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

/// What a review found about a whole account.
#[derive(Debug, Clone)]
pub struct Summary {
    /// Whose.
    pub customer: CustomerId,
    /// When to look again.
    pub next_review_at: Option<DateTime<Utc>>,
    /// Name of the segment.
    pub segment: Option<String>,
    /// Name of the scenario.
    pub scenario: Option<String>,
    /// Points of the score.
    pub score: Option<i32>,
    /// Name of its band.
    pub band: Option<String>,
    /// The risk of the payer, by the score.
    pub risk: Option<Decimal>,
    /// Reasons, as JSON.
    pub reasons: serde_json::Value,
}

/// Notes what a review found; an account in trouble is in trouble no more.
pub async fn write_summaries(
    connection: &mut PgConnection,
    company: CompanyId,
    revision: i64,
    summaries: &[Summary],
    now: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    let customers: Vec<i64> = summaries.iter().map(|s| s.customer.0).collect();
    let next: Vec<Option<DateTime<Utc>>> = summaries.iter().map(|s| s.next_review_at).collect();
    let segments: Vec<Option<String>> = summaries.iter().map(|s| s.segment.clone()).collect();
    let scenarios: Vec<Option<String>> = summaries.iter().map(|s| s.scenario.clone()).collect();
    let scores: Vec<Option<i32>> = summaries.iter().map(|s| s.score).collect();
    let bands: Vec<Option<String>> = summaries.iter().map(|s| s.band.clone()).collect();
    let risks: Vec<Option<Decimal>> = summaries.iter().map(|s| s.risk).collect();
    let reasons: Vec<serde_json::Value> = summaries.iter().map(|s| s.reasons.clone()).collect();
    sqlx::query!(
        "update accounts a
         set next_review_at = n.next_review_at, reviewed_at = $9, revision_id = $10, segment = n.segment,
             scenario = n.scenario, score = n.score, band = n.band, reasons = n.reasons, risk = n.risk, trouble = null
         from unnest($2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::int[], $7::text[], $8::jsonb[], $11::numeric[])
              as n (customer_id, next_review_at, segment, scenario, score, band, reasons, risk)
         where a.company_id = $1 and a.customer_id = n.customer_id",
        company.0,
        &customers,
        &next as &[Option<DateTime<Utc>>],
        &segments as &[Option<String>],
        &scenarios as &[Option<String>],
        &scores as &[Option<i32>],
        &bands as &[Option<String>],
        &reasons,
        now,
        revision,
        &risks as &[Option<Decimal>],
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Notes why an account could not be decided, or its message not be written, and when to try again.
pub async fn set_trouble(
    connection: &mut PgConnection,
    company: CompanyId,
    customer: CustomerId,
    trouble: &str,
    next_review_at: DateTime<Utc>,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "update accounts set trouble = $3, next_review_at = $4 where company_id = $1 and customer_id = $2",
        company.0,
        customer.0,
        trouble,
        next_review_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

//! When each account is looked at next.

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, CustomerId};
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

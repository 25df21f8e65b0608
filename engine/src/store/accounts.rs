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

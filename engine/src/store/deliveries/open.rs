//! That a message was opened.

use chrono::{DateTime, Utc};
use relance_rules::ids::{ActionId, CompanyId, CustomerId, DeliveryId};
use sqlx::PgConnection;

use crate::store::events::{self, EventKind, NewEvent};
use crate::store::{StoreError, accounts};

/// Notes that a message that asks to be told was opened, and wakes its account. The first time counts: after that nothing changes,
/// and nothing is locked. A message may be opened before it is written down that it left.
pub async fn open(
    connection: &mut PgConnection,
    company: CompanyId,
    delivery: DeliveryId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = sqlx::query!(
        "select customer_id, action_id from deliveries
         where company_id = $1 and id = $2 and watched and opened_at is null and state in ('sending', 'sent', 'in_doubt')",
        company.0,
        delivery.0,
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(row) = row else {
        return Ok(());
    };
    // Accounts first, always: whoever changes anything of an account holds its lock.
    let customer = CustomerId(row.customer_id);
    accounts::wake(&mut *connection, company, customer, now).await?;
    let opened = sqlx::query!(
        "update deliveries set opened_at = $3
         where company_id = $1 and id = $2 and watched and opened_at is null and state in ('sending', 'sent', 'in_doubt')",
        company.0,
        delivery.0,
        now,
    )
    .execute(&mut *connection)
    .await?;
    if opened.rows_affected() == 0 {
        return Ok(());
    }
    let event = NewEvent {
        company,
        at: now,
        kind: EventKind::MessageOpened {},
        customer: Some(customer),
        invoice: None,
        action: Some(ActionId(row.action_id)),
        actor: "engine",
    };
    Ok(events::append(connection, &event).await?)
}

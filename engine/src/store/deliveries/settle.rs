//! What a person says of a message in doubt.

use chrono::{DateTime, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{ActionId, CustomerId, DeliveryId};
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::store::actions::{self, Ending};
use crate::store::companies::Company;
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::{StoreError, accounts};

/// What a person found out about a message in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// It reached the customer.
    WasSent,
    /// It did not, and is to be sent, if it still holds then.
    Resend,
    /// It did not, and is not to be sent: its step counts as carried out.
    Drop,
}

impl Settlement {
    fn name(self) -> &'static str {
        match self {
            Self::WasSent => "was_sent",
            Self::Resend => "resend",
            Self::Drop => "drop",
        }
    }
}

/// Settles a message in doubt and wakes its account; its task is closed with it. A message that was sent counts from the moment
/// at which it came into doubt.
///
/// Refused with [`StoreError::Conflict`]: the message is not in doubt.
pub async fn settle_doubt(
    connection: &mut PgConnection,
    company: &Company,
    delivery: DeliveryId,
    settlement: Settlement,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let row = sqlx::query!(
        "select customer_id, action_id from deliveries where company_id = $1 and id = $2",
        company.id.0,
        delivery.0,
    )
    .fetch_optional(&mut *connection)
    .await?
    .ok_or_else(|| StoreError::not_found("message", delivery))?;
    let (customer, action) = (CustomerId(row.customer_id), ActionId(row.action_id));
    accounts::wake(&mut *connection, company.id, customer, now).await?;
    let since = close_task(&mut *connection, company, action, settlement, actor, now).await?;
    let state = match settlement {
        Settlement::WasSent => "sent",
        Settlement::Resend => "queued",
        Settlement::Drop => "cancelled",
    };
    let changed = sqlx::query!(
        "update deliveries set state = $3, sent_at = case when $3 = 'sent' then $4::timestamptz end,
                fence = fence + 1, not_before = case when $3 = 'queued' then $5 else not_before end
         where company_id = $1 and id = $2 and state = 'in_doubt'",
        company.id.0,
        delivery.0,
        state,
        since,
        now,
    )
    .execute(&mut *connection)
    .await?;
    if changed.rows_affected() == 0 {
        return Err(StoreError::conflict(
            "message",
            delivery,
            text!("it is not in doubt", "il n'y a pas de doute à son sujet"),
        ));
    }
    match settlement {
        Settlement::WasSent => {
            let ended = [(action, String::new())];
            actions::end(&mut *connection, company.id, &ended, Ending::Done, since).await?;
        }
        Settlement::Resend => actions::set_doubt(&mut *connection, company.id, action, false).await?,
        Settlement::Drop => {
            let ended = [(action, "not sent, by decision of a person".to_owned())];
            actions::end(&mut *connection, company.id, &ended, Ending::Done, now).await?;
        }
    }
    let event = NewEvent {
        company: company.id,
        at: now,
        kind: EventKind::DoubtSettled {
            outcome: settlement.name().to_owned(),
        },
        customer: Some(customer),
        invoice: None,
        action: Some(action),
        actor,
    };
    Ok(events::append(connection, &event).await?)
}

/// Closes the task when it is still open; gives the moment at which the message came into doubt.
async fn close_task(
    connection: &mut PgConnection,
    company: &Company,
    action: ActionId,
    settlement: Settlement,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, StoreError> {
    sqlx::query!(
        "update tasks set state = 'done', outcome = $3, closed_at = $4, closed_by = $5
         where company_id = $1 and action_id = $2 and kind = 'settle_in_doubt' and state = 'open'",
        company.id.0,
        action.0,
        settlement.name(),
        now,
        actor,
    )
    .execute(&mut *connection)
    .await?;
    let since = sqlx::query_scalar!(
        "select max(created_at) from tasks where company_id = $1 and action_id = $2 and kind = 'settle_in_doubt'",
        company.id.0,
        action.0,
    )
    .fetch_one(connection)
    .await?;
    Ok(since.unwrap_or(now))
}

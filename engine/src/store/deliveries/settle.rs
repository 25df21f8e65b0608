//! What a person, or the settings, say of a message in doubt.

use chrono::{DateTime, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{ActionId, CustomerId, DeliveryId};
use relance_rules::words::Language;
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
    let by = By::Person(actor);
    settle(connection, company, delivery, settlement, by, now).await
}

/// [`settle_doubt`] as the settings say, without asking anybody; what is to be sent again is sent at `again_at`.
pub(crate) async fn settle_as_set(
    connection: &mut PgConnection,
    company: &Company,
    delivery: DeliveryId,
    settlement: Settlement,
    again_at: DateTime<Utc>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let by = By::Settings { again_at };
    settle(connection, company, delivery, settlement, by, now).await
}

/// Who says what becomes of a message.
#[derive(Clone, Copy)]
enum By<'a> {
    Person(&'a str),
    Settings { again_at: DateTime<Utc> },
}

impl By<'_> {
    fn actor(&self) -> &str {
        match self {
            Self::Person(actor) => actor,
            Self::Settings { .. } => "engine",
        }
    }

    fn dropped(&self, company: &Company) -> &'static str {
        match (self, Language::of(&company.language)) {
            (Self::Person(_), Language::En) => "not sent, by decision of a person",
            (Self::Person(_), Language::Fr) => "pas envoyé, une personne en a décidé ainsi",
            (Self::Settings { .. }, Language::En) => {
                "in doubt, and not sent again, as the settings say; it counts as carried out"
            }
            (Self::Settings { .. }, Language::Fr) => {
                "en doute, et pas renvoyé, comme le veulent les réglages ; il compte comme fait"
            }
        }
    }
}

async fn settle(
    connection: &mut PgConnection,
    company: &Company,
    delivery: DeliveryId,
    settlement: Settlement,
    by: By<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let actor = by.actor();
    let again_at = match by {
        By::Person(_) => now,
        By::Settings { again_at } => again_at,
    };
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
        again_at,
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
            let ended = [(action, by.dropped(company).to_owned())];
            actions::end(&mut *connection, company.id, &ended, Ending::Done, now).await?;
        }
    }
    let event = NewEvent {
        company: company.id,
        at: now,
        kind: EventKind::DoubtSettled {
            outcome: settlement.name().to_owned(),
            unasked: matches!(by, By::Settings { .. }),
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

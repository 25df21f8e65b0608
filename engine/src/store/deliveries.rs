//! The outbox.

mod attachments;
mod claim;
mod open;
mod recall;
mod settle;

pub use attachments::{Attached, attach, attached};
pub use claim::{
    Due, Expired, Leaving, Person, Queued, begin_handing_over, begin_sending, due, expired, insert_many,
    is_due, next_due, persons, queued, release, release_not_begun,
};
pub use open::open;
pub use recall::{Recall, keep_waiting, next_waiting, recall, send_now, waiting};
pub(crate) use settle::settle_as_set;
pub use settle::{Settlement, settle_doubt};

use chrono::{DateTime, Utc};
use relance_rules::ids::{ActionId, CompanyId, ContactId, CustomerId, DeliveryId};
use sqlx::PgConnection;

use super::StoreError;

/// By which way a message leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Medium {
    /// A mail.
    Email,
    /// A post to an address of the settings.
    Webhook,
}

impl Medium {
    /// The word under which it is stored and told.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Webhook => "webhook",
        }
    }

    pub(crate) fn read(name: &str) -> Result<Self, StoreError> {
        match name {
            "email" => Ok(Self::Email),
            "webhook" => Ok(Self::Webhook),
            other => Err(StoreError::unreadable("the medium of a message", other)),
        }
    }
}

/// A message to be queued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// The action that it carries out.
    pub action: ActionId,
    /// Whose account.
    pub customer: CustomerId,
    /// By which way.
    pub medium: Medium,
    /// To whom; a mail has somebody.
    pub contact: Option<ContactId>,
    /// Unique in the company; also the local part of the Message-ID.
    pub key: String,
    /// Not to be sent before this moment.
    pub not_before: DateTime<Utc>,
    /// Not to be sent after this moment.
    pub not_after: Option<DateTime<Utc>>,
}

/// A message that a worker has claimed, as it knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Claim {
    /// The message.
    pub delivery: DeliveryId,
    /// The fence of the claim: a later claim has another, and this one can record nothing any more.
    pub fence: i64,
}

/// A message whose state was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The message.
    pub delivery: DeliveryId,
    /// By which way it leaves.
    pub medium: Medium,
    /// Its action.
    pub action: ActionId,
    /// Whose account.
    pub customer: CustomerId,
    /// To whom.
    pub contact: Option<ContactId>,
    /// Address.
    pub recipient: Option<String>,
    /// Subject.
    pub subject: Option<String>,
    /// How many conversations about it there were.
    pub attempts: i32,
}

/// What becomes of a claimed message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Record<'a> {
    /// It was accepted.
    Sent,
    /// It waits for another try.
    Queued {
        /// Not before this moment.
        not_before: DateTime<Utc>,
        /// Why; empty when it was not even tried.
        error: &'a str,
        /// Whether this counts as a try.
        tried: bool,
    },
    /// It was refused for good.
    Failed {
        /// The answer.
        error: &'a str,
    },
    /// It may have left, or not.
    InDoubt {
        /// What is known.
        error: &'a str,
    },
}

/// Notes what became of claimed messages. Those whose claim has been lost are left as they are and not given back.
pub async fn record(
    connection: &mut PgConnection,
    company: CompanyId,
    claims: &[Claim],
    record: Record<'_>,
    now: DateTime<Utc>,
) -> Result<Vec<Recorded>, StoreError> {
    let (state, not_before, error, tried) = match record {
        Record::Sent => ("sent", None, None, true),
        Record::Queued {
            not_before,
            error,
            tried,
        } => ("queued", Some(not_before), Some(error), tried),
        Record::Failed { error } => ("failed", None, Some(error), true),
        Record::InDoubt { error } => ("in_doubt", None, Some(error), true),
    };
    let ids: Vec<i64> = claims.iter().map(|c| c.delivery.0).collect();
    let fences: Vec<i64> = claims.iter().map(|c| c.fence).collect();
    let rows = sqlx::query!(
        "update deliveries d
         set state = $4, leased_until = null, begun_at = case when $4 = 'queued' then null else d.begun_at end, not_before = coalesce($5, d.not_before),
             last_error = case when $4 = 'sent' then null else coalesce(nullif($6, ''), d.last_error) end,
             attempts = d.attempts + case when $7 then 1 else 0 end,
             sent_at = case when $4 = 'sent' then $8::timestamptz end
         from unnest($2::bigint[], $3::bigint[]) as n (id, fence)
         where d.company_id = $1 and d.id = n.id and d.fence = n.fence and d.state = 'sending'
         returning d.id, d.medium, d.action_id, d.customer_id, d.contact_id, d.recipient, d.subject, d.attempts",
        company.0,
        &ids,
        &fences,
        state,
        not_before,
        error,
        tried,
        now,
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Recorded {
                delivery: DeliveryId(row.id),
                medium: Medium::read(&row.medium)?,
                action: ActionId(row.action_id),
                customer: CustomerId(row.customer_id),
                contact: row.contact_id.map(ContactId),
                recipient: row.recipient,
                subject: row.subject,
                attempts: row.attempts,
            })
        })
        .collect()
}

/// Puts off a queued message that cannot be written now; it was not claimed.
pub async fn put_off(
    connection: &mut PgConnection,
    company: CompanyId,
    delivery: DeliveryId,
    not_before: DateTime<Utc>,
    error: &str,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update deliveries set not_before = $3, last_error = $4 where company_id = $1 and id = $2 and state = 'queued'",
        company.0,
        delivery.0,
        not_before,
        error,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends queued messages that are not to be sent: called off, or (`failed`) impossible to send; each with the reason.
pub async fn withdraw(
    connection: &mut PgConnection,
    company: CompanyId,
    withdrawn: &[(DeliveryId, String)],
    failed: bool,
) -> Result<(), StoreError> {
    let ids: Vec<i64> = withdrawn.iter().map(|(id, _)| id.0).collect();
    let reasons: Vec<String> = withdrawn.iter().map(|(_, why)| why.clone()).collect();
    sqlx::query!(
        "update deliveries d set state = case when $4 then 'failed' else 'cancelled' end, last_error = n.why
         from unnest($2::bigint[], $3::text[]) as n (id, why)
         where d.company_id = $1 and d.id = n.id and d.state = 'queued'",
        company.0,
        &ids,
        &reasons,
        failed,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// How many conversations about a message there were.
pub async fn attempts(
    connection: &mut PgConnection,
    company: CompanyId,
    delivery: DeliveryId,
) -> Result<i32, StoreError> {
    let attempts = sqlx::query_scalar!(
        "select attempts from deliveries where company_id = $1 and id = $2",
        company.0,
        delivery.0,
    )
    .fetch_optional(connection)
    .await?;
    Ok(attempts.unwrap_or_default())
}

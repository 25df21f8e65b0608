//! From queued to sending.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use relance_rules::ids::{ActionId, CompanyId, ContactId, CustomerId, DeliveryId};
use sqlx::PgConnection;

use super::{Claim, NewDelivery};
use crate::store::StoreError;

/// Queues messages in one statement.
pub async fn insert_many(
    connection: &mut PgConnection,
    company: CompanyId,
    new: &[NewDelivery],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if new.is_empty() {
        return Ok(());
    }
    let actions: Vec<i64> = new.iter().map(|n| n.action.0).collect();
    let customers: Vec<i64> = new.iter().map(|n| n.customer.0).collect();
    let media: Vec<String> = new.iter().map(|n| n.medium.name().to_owned()).collect();
    let contacts: Vec<Option<i64>> = new.iter().map(|n| n.contact.map(|c| c.0)).collect();
    let keys: Vec<String> = new.iter().map(|n| n.key.clone()).collect();
    let not_before: Vec<DateTime<Utc>> = new.iter().map(|n| n.not_before).collect();
    let not_after: Vec<Option<DateTime<Utc>>> = new.iter().map(|n| n.not_after).collect();
    sqlx::query!(
        "insert into deliveries (company_id, action_id, customer_id, contact_id, idempotency_key, not_after, medium, not_before,
                                 created_at)
         select $1, n.*, $7
         from unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::timestamptz[], $8::text[], $9::timestamptz[]) as n",
        company.0,
        &actions,
        &customers,
        &contacts as &[Option<i64>],
        &keys,
        &not_after as &[Option<DateTime<Utc>>],
        now,
        &media,
        &not_before,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When a company has the next message to send, or a lease runs out; or since when.
pub async fn next_due(
    connection: &mut PgConnection,
    company: CompanyId,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let next = sqlx::query_scalar!(
        r#"select least((select min(not_before) from deliveries where company_id = $1 and state = 'queued'),
                        (select min(leased_until) from deliveries where company_id = $1 and state = 'sending'))"#,
        company.0,
    )
    .fetch_one(connection)
    .await?;
    Ok(next)
}

/// Whether a company has something to send now, or a message whose worker has not come back. Nothing is locked.
pub async fn is_due(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let due = sqlx::query_scalar!(
        r#"select exists (select from deliveries where company_id = $1 and state = 'queued' and not_before <= $2)
               or exists (select from deliveries where company_id = $1 and state = 'sending' and leased_until < $2) as "due!""#,
        company.0,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(due)
}

/// A message that is due, its account locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The message.
    pub delivery: DeliveryId,
    /// Whose account.
    pub customer: CustomerId,
}

/// Queued messages of a company that are due, the longest waiting first. Their accounts are locked until the end of the
/// transaction; those that another worker holds are left to it. While the sending is stopped, only those are due whose window has
/// closed: they are to be called off. The messages themselves are to be read again under the lock ([`queued`]).
pub async fn due(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Due>, StoreError> {
    let rows = sqlx::query!(
        "select d.id, d.customer_id
         from deliveries d join accounts a on a.company_id = d.company_id and a.customer_id = d.customer_id
         where d.company_id = $1 and d.state = 'queued' and d.not_before <= $2
               and (d.not_after <= $2
                    or not exists (select from general_stops g where g.ended_at is null)
                       and not exists (select from sending_stops s where s.company_id = $1 and s.ended_at is null))
         order by d.not_before, d.id limit $3 for update of a skip locked",
        company.0,
        now,
        i64::from(limit),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Due {
            delivery: DeliveryId(row.id),
            customer: CustomerId(row.customer_id),
        })
        .collect())
}

/// A queued message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queued {
    /// The message.
    pub delivery: DeliveryId,
    /// Its action.
    pub action: ActionId,
    /// Whose account.
    pub customer: CustomerId,
    /// To whom.
    pub contact: Option<ContactId>,
    /// Its key.
    pub key: String,
    /// Not to be sent after this moment.
    pub not_after: Option<DateTime<Utc>>,
}

impl Queued {
    /// Whether its sending window has closed.
    pub fn is_too_late(&self, now: DateTime<Utc>) -> bool {
        self.not_after.is_some_and(|end| now >= end)
    }
}

/// Those of these messages that are still queued, the longest waiting first.
pub async fn queued(
    connection: &mut PgConnection,
    company: CompanyId,
    deliveries: &[DeliveryId],
) -> Result<Vec<Queued>, StoreError> {
    let ids: Vec<i64> = deliveries.iter().map(|d| d.0).collect();
    let rows = sqlx::query!(
        "select id, action_id, customer_id, contact_id, idempotency_key, not_after
         from deliveries where company_id = $1 and id = any($2::bigint[]) and state = 'queued' order by not_before, id",
        company.0,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Queued {
            delivery: DeliveryId(row.id),
            action: ActionId(row.action_id),
            customer: CustomerId(row.customer_id),
            contact: row.contact_id.map(ContactId),
            key: row.idempotency_key,
            not_after: row.not_after,
        })
        .collect())
}

/// A person at a customer, as messages address them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Name.
    pub name: String,
    /// `Madame`, `Mr` ...
    pub salutation: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// People by id.
pub async fn persons(
    connection: &mut PgConnection,
    company: CompanyId,
    contacts: &[ContactId],
) -> Result<HashMap<ContactId, Person>, StoreError> {
    if contacts.is_empty() {
        return Ok(HashMap::new());
    }
    let ids: Vec<i64> = contacts.iter().map(|c| c.0).collect();
    let rows = sqlx::query!(
        "select id, name, salutation, email, phone from contacts where company_id = $1 and id = any($2::bigint[])",
        company.0,
        &ids,
    )
    .fetch_all(connection)
    .await?;
    let person = |row: (String, Option<String>, Option<String>, Option<String>)| Person {
        name: row.0,
        salutation: row.1,
        email: row.2,
        phone: row.3,
    };
    Ok(rows
        .into_iter()
        .map(|row| {
            (
                ContactId(row.id),
                person((row.name, row.salutation, row.email, row.phone)),
            )
        })
        .collect())
}

/// A message as it is about to leave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaving<'a> {
    /// The message.
    pub delivery: DeliveryId,
    /// Address.
    pub recipient: &'a str,
    /// Subject.
    pub subject: &'a str,
    /// Plain text.
    pub text: &'a str,
    /// HTML.
    pub html: &'a str,
    /// It leaves with a way to tell that it was opened.
    pub watched: bool,
}

/// Claims queued messages, with what they say. The commit of this is the moment that defines "not paid".
pub async fn begin_sending(
    connection: &mut PgConnection,
    company: CompanyId,
    leaving: &[Leaving<'_>],
    leased_until: DateTime<Utc>,
) -> Result<Vec<Claim>, StoreError> {
    let ids: Vec<i64> = leaving.iter().map(|l| l.delivery.0).collect();
    let texts = |pick: fn(&Leaving<'_>) -> String| leaving.iter().map(pick).collect::<Vec<String>>();
    let rows = sqlx::query!(
        "update deliveries d
         set state = 'sending', fence = d.fence + 1, leased_until = $7, begun_at = null, waits_for = null, recipient = n.recipient,
             subject = n.subject, body_text = n.body_text, body_html = n.body_html, watched = n.watched
         from unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $8::boolean[])
              as n (id, recipient, subject, body_text, body_html, watched)
         where d.company_id = $1 and d.id = n.id and d.state = 'queued'
         returning d.id, d.fence",
        company.0,
        &ids,
        &texts(|l| l.recipient.to_owned()),
        &texts(|l| l.subject.to_owned()),
        &texts(|l| l.text.to_owned()),
        &texts(|l| l.html.to_owned()),
        leased_until,
        &leaving.iter().map(|l| l.watched).collect::<Vec<bool>>(),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Claim {
            delivery: DeliveryId(row.id),
            fence: row.fence,
        })
        .collect())
}

/// Marks claimed messages as begun, just before they are handed over, and gives those that are still ours: neither was the lease
/// lost, nor has it run out. What was claimed and not begun when a worker dies has certainly not left.
pub async fn begin_handing_over(
    connection: &mut PgConnection,
    company: CompanyId,
    claims: &[Claim],
    now: DateTime<Utc>,
) -> Result<Vec<DeliveryId>, StoreError> {
    let ids: Vec<i64> = claims.iter().map(|c| c.delivery.0).collect();
    let fences: Vec<i64> = claims.iter().map(|c| c.fence).collect();
    let begun = sqlx::query_scalar!(
        "update deliveries d set begun_at = $4
         from unnest($2::bigint[], $3::bigint[]) as n (id, fence)
         where d.company_id = $1 and d.id = n.id and d.fence = n.fence and d.state = 'sending' and d.leased_until > $4
         returning d.id",
        company.0,
        &ids,
        &fences,
        now,
    )
    .fetch_all(connection)
    .await?;
    Ok(begun.into_iter().map(DeliveryId).collect())
}

/// Gives claims back that were not begun: their messages wait again.
pub async fn release(
    connection: &mut PgConnection,
    company: CompanyId,
    claims: &[Claim],
) -> Result<(), StoreError> {
    let ids: Vec<i64> = claims.iter().map(|c| c.delivery.0).collect();
    let fences: Vec<i64> = claims.iter().map(|c| c.fence).collect();
    sqlx::query!(
        "update deliveries d set state = 'queued', leased_until = null
         from unnest($2::bigint[], $3::bigint[]) as n (id, fence)
         where d.company_id = $1 and d.id = n.id and d.fence = n.fence and d.state = 'sending' and d.begun_at is null",
        company.0,
        &ids,
        &fences,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets messages wait again whose worker has not come back and had not begun to hand them over; how many those were.
pub async fn release_not_begun(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
) -> Result<u64, StoreError> {
    let released = sqlx::query!(
        "update deliveries set state = 'queued', leased_until = null
         where company_id = $1 and state = 'sending' and leased_until < $2 and begun_at is null",
        company.0,
        now,
    )
    .execute(connection)
    .await?;
    Ok(released.rows_affected())
}

/// A message whose worker has not come back in time and had begun to hand it over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expired {
    /// Whose account.
    pub customer: CustomerId,
    /// The claim that was lost.
    pub claim: Claim,
    /// Name of the address that it was posted to; none for a mail.
    pub webhook: Option<String>,
}

/// Messages of a company that were begun and whose lease has run out.
pub async fn expired(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
    limit: u32,
) -> Result<Vec<Expired>, StoreError> {
    let rows = sqlx::query!(
        "select d.customer_id, d.id, d.fence, a.detail ->> 'webhook' as webhook
         from deliveries d join actions a on a.company_id = d.company_id and a.id = d.action_id
         where d.company_id = $1 and d.state = 'sending' and d.leased_until < $2 and d.begun_at is not null
         order by d.leased_until limit $3",
        company.0,
        now,
        i64::from(limit),
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Expired {
            customer: CustomerId(row.customer_id),
            claim: Claim {
                delivery: DeliveryId(row.id),
                fence: row.fence,
            },
            webhook: row.webhook,
        })
        .collect())
}

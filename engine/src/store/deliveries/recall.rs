//! What people do with messages that wait: recall them, or let them leave at once.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{ActionId, CompanyId, CustomerId, DeliveryId};
use relance_rules::words::Language;
use sqlx::PgConnection;

use super::withdraw;
use crate::store::actions::{self, Ending};
use crate::store::companies::Company;
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::{StoreError, accounts};

/// Messages that are kept waiting while all of them are recalled wait for so long at most.
const KEPT: TimeDelta = TimeDelta::hours(1);

/// How messages are recalled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recall<'a> {
    /// First day on which their invoices are reminded again, if they are still to be.
    pub until: NaiveDate,
    /// Why, in words; may be empty.
    pub why: &'a str,
}

/// Recalls those of these messages that still wait, and gives how many those were. Their invoices are on hold until the day given: the
/// step is not carried out, does not come back at the next look, and is decided anew from that day on if it still holds. What a
/// hook wanted told to another system is decided once: recalled, it is dropped for good.
///
/// Refused with [`StoreError::Conflict`]: the day is not after today.
pub async fn recall(
    connection: &mut PgConnection,
    company: &Company,
    deliveries: &[DeliveryId],
    recall: Recall<'_>,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<u32, StoreError> {
    let today = company.today(now);
    if recall.until <= today {
        let (until, least) = (recall.until, today.succ_opt().unwrap_or(today));
        let why = text!(
            "recalled until {until}, it would come back today: choose {least} or a later day",
            "retiré jusqu'au {until}, il reviendrait aujourd'hui : choisissez le {least} ou un jour suivant"
        );
        return Err(StoreError::conflict("company", &company.code, why));
    }
    let ids: Vec<i64> = deliveries.iter().map(|d| d.0).collect();
    let customers = sqlx::query_scalar!(
        "select distinct customer_id from deliveries where company_id = $1 and id = any($2::bigint[]) and state = 'queued'",
        company.id.0,
        &ids,
    )
    .fetch_all(&mut *connection)
    .await?;
    let customers: Vec<CustomerId> = customers.into_iter().map(CustomerId).collect();
    // With the locks of the accounts, no message becomes claimed any more.
    accounts::wake_many(&mut *connection, company.id, &customers, now).await?;
    let waiting = sqlx::query!(
        r#"select d.id, d.action_id, d.customer_id, a.kind = 'notice' as "notice!"
           from deliveries d join actions a on a.company_id = d.company_id and a.id = d.action_id
           where d.company_id = $1 and d.id = any($2::bigint[]) and d.state = 'queued' order by d.id"#,
        company.id.0,
        &ids,
    )
    .fetch_all(&mut *connection)
    .await?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let said = words(company, actor, recall.why);
    let withdrawn: Vec<(DeliveryId, String)> = waiting
        .iter()
        .map(|row| (DeliveryId(row.id), said.clone()))
        .collect();
    withdraw(&mut *connection, company.id, &withdrawn, false).await?;
    for (notice, ending) in [(false, Ending::Cancelled), (true, Ending::Done)] {
        let of = waiting.iter().filter(|row| row.notice == notice);
        let ended: Vec<(ActionId, String)> = of.map(|row| (ActionId(row.action_id), said.clone())).collect();
        actions::end(&mut *connection, company.id, &ended, ending, now).await?;
        if !notice {
            let actions: Vec<i64> = ended.iter().map(|(action, _)| action.0).collect();
            hold(&mut *connection, company, &actions, recall, &said, actor, now).await?;
        }
    }
    let events: Vec<NewEvent<'_>> = waiting
        .iter()
        .map(|row| NewEvent {
            company: company.id,
            at: now,
            kind: EventKind::MessageRecalled {
                why: recall.why.to_owned(),
                until: recall.until.to_string(),
            },
            customer: Some(CustomerId(row.customer_id)),
            invoice: None,
            action: Some(ActionId(row.action_id)),
            actor,
        })
        .collect();
    events::append_many(connection, &events).await?;
    Ok(u32::try_from(waiting.len()).unwrap_or(u32::MAX))
}

/// In the language of the company's books, where outcomes and notes of holds are read.
fn words(company: &Company, actor: &str, why: &str) -> String {
    let said = match Language::of(&company.language) {
        Language::Fr => format!("retiré par {actor}"),
        Language::En => format!("recalled by {actor}"),
    };
    match (why, Language::of(&company.language)) {
        ("", _) => said,
        (why, Language::Fr) => format!("{said} : {why}"),
        (why, Language::En) => format!("{said}: {why}"),
    }
}

async fn hold(
    connection: &mut PgConnection,
    company: &Company,
    actions: &[i64],
    recall: Recall<'_>,
    said: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into holds (company_id, customer_id, invoice_id, kind, from_on, to_on, note, set_by, created_at)
         select distinct $1::bigint, i.customer_id, t.invoice_id, 'manual', $3::date, $4::date, $5, $6, $7::timestamptz
         from action_items t join invoices i on i.company_id = t.company_id and i.id = t.invoice_id
         where t.company_id = $1 and t.action_id = any($2::bigint[])",
        company.id.0,
        actions,
        company.today(now),
        recall.until,
        said,
        actor,
        now,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Lets those of these messages that wait leave at once; how many those were.
pub async fn send_now(
    connection: &mut PgConnection,
    company: &Company,
    deliveries: &[DeliveryId],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<u32, StoreError> {
    let ids: Vec<i64> = deliveries.iter().map(|d| d.0).collect();
    let released = sqlx::query!(
        "update deliveries set not_before = $3
         where company_id = $1 and id = any($2::bigint[]) and state = 'queued' and not_before > $3
         returning customer_id, action_id",
        company.id.0,
        &ids,
        now,
    )
    .fetch_all(&mut *connection)
    .await?;
    let events: Vec<NewEvent<'_>> = released
        .iter()
        .map(|row| NewEvent {
            company: company.id,
            at: now,
            kind: EventKind::MessageReleased {},
            customer: Some(CustomerId(row.customer_id)),
            invoice: None,
            action: Some(ActionId(row.action_id)),
            actor,
        })
        .collect();
    events::append_many(connection, &events).await?;
    Ok(u32::try_from(released.len()).unwrap_or(u32::MAX))
}

/// Keeps all messages that wait waiting for a while longer, in one statement: before all of them are recalled, part by part.
pub async fn keep_waiting(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update deliveries set not_before = greatest(not_before, $2) where company_id = $1 and state = 'queued'",
        company.0,
        now + KEPT,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// When the next message of a company leaves that waits for nothing but the time in which it can be recalled, or its turn: it was not tried before, and
/// its time comes after `now`.
pub async fn next_waiting(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let next = sqlx::query_scalar!(
        "select min(not_before) from deliveries
         where company_id = $1 and state = 'queued' and not_before > $2 and attempts = 0 and last_error is null",
        company.0,
        now,
    )
    .fetch_one(connection)
    .await?;
    Ok(next)
}

/// All messages that wait.
pub async fn waiting(
    connection: &mut PgConnection,
    company: CompanyId,
) -> Result<Vec<DeliveryId>, StoreError> {
    let ids = sqlx::query_scalar!(
        "select id from deliveries where company_id = $1 and state = 'queued' order by id",
        company.0,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(DeliveryId).collect())
}

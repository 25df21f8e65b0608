//! The breaker: a run far larger than usual stops the sending of its company, and people are asked.
//!
//! Messages are counted where they are decided, in the same transaction: the stop is committed together with the messages that made it
//! necessary, so that none of them leaves. What a person approved before is not counted: he has been asked.

use chrono::{DateTime, Days, NaiveDate, Utc};
use relance_rules::ids::{CompanyId, CustomerId};
use relance_rules::words::Language;
use sqlx::PgConnection;

use super::StoreError;
use super::companies::Company;
use super::events::{self, EventKind, NewEvent};
use crate::sending::Breaker;

/// Who stopped the sending, where people would stand.
pub const ACTOR: &str = "breaker";
/// What is usual is looked for in so many days before.
const DAYS: u64 = 28;
/// Rows a day: workers of one company seldom wait for each other.
const SLOTS: i64 = 16;

/// What the breaker asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// The day of the run, in the company's books.
    pub on: NaiveDate,
    /// Messages of that day when the breaker stopped the sending.
    pub messages: i64,
    /// Messages of a usual busy day.
    pub usual: i64,
}

/// Counts messages that were decided now, those of one review; stops the sending when they are far more than usual. `first` is any
/// customer among them.
pub async fn count(
    connection: &mut PgConnection,
    company: &Company,
    breaker: Option<Breaker>,
    messages: usize,
    first: CustomerId,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    if messages == 0 {
        return Ok(());
    }
    let today = company.today(now);
    let messages = i64::try_from(messages).unwrap_or(i64::MAX);
    let slot = i16::try_from(first.0.rem_euclid(SLOTS)).unwrap_or_default();
    sqlx::query!(
        "insert into message_days as d (company_id, day, slot, messages) values ($1, $2, $3, $4)
         on conflict (company_id, day, slot) do update set messages = d.messages + excluded.messages",
        company.id.0,
        today,
        slot,
        messages,
    )
    .execute(&mut *connection)
    .await?;
    let Some(breaker) = breaker else { return Ok(()) };
    let standing = standing(&mut *connection, company.id, today).await?;
    if breaker.allows(standing.messages, standing.usual, standing.agreed) {
        return Ok(());
    }
    ask(connection, company, today, standing, now).await
}

/// Where a day stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Messages decided on that day so far, those that people approved left out.
    pub messages: i64,
    /// The second busiest of the four weeks before: one exceptional day makes no habit. Days whose run was dropped do not count.
    pub usual: i64,
    /// So many people have agreed to on that day already.
    pub agreed: i64,
}

/// Where a day of a company stands.
pub async fn standing(
    connection: &mut PgConnection,
    company: CompanyId,
    day: NaiveDate,
) -> Result<Standing, StoreError> {
    let since = day.checked_sub_days(Days::new(DAYS)).unwrap_or(NaiveDate::MIN);
    let row = sqlx::query!(
        r#"select
             (select coalesce(sum(messages), 0) from message_days where company_id = $1 and day = $2)::bigint as "messages!",
             coalesce((select sum(m.messages) from message_days m
                       where m.company_id = $1 and m.day >= $3 and m.day < $2
                             and not exists (select from sending_stops s
                                             where s.company_id = $1 and s.asked_on = m.day and s.dropped)
                       group by m.day order by 1 desc offset 1 limit 1), 0)::bigint as "usual!",
             coalesce((select max(s.messages) from sending_stops s
                       where s.company_id = $1 and s.asked_on = $2 and s.ended_at is not null), 0)::bigint as "agreed!""#,
        company.0,
        day,
        since,
    )
    .fetch_one(connection)
    .await?;
    Ok(Standing {
        messages: row.messages,
        usual: row.usual,
        agreed: row.agreed,
    })
}

async fn ask(
    connection: &mut PgConnection,
    company: &Company,
    today: NaiveDate,
    standing: Standing,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let (messages, usual) = (standing.messages, standing.usual);
    let why = match Language::of(&company.language) {
        Language::Fr => {
            format!("plus de {messages} messages aujourd'hui, {usual} un jour chargé : à vérifier")
        }
        Language::En => format!("more than {messages} messages today, {usual} on a busy day: please check"),
    };
    let asked = sqlx::query!(
        "insert into sending_stops (company_id, since, set_by, why, asked_on, messages, usual) values ($1, $2, $3, $4, $5, $6, $7)
         on conflict do nothing",
        company.id.0,
        now,
        ACTOR,
        why,
        today,
        messages,
        usual,
    )
    .execute(&mut *connection)
    .await?;
    if asked.rows_affected() == 0 {
        return Ok(());
    }
    tracing::warn!(company = %company.code, messages, usual, "the breaker stopped the sending: a run is far larger than usual");
    let event = NewEvent {
        company: company.id,
        at: now,
        kind: EventKind::SendingStopped {
            everything: false,
            why,
        },
        customer: None,
        invoice: None,
        action: None,
        actor: ACTOR,
    };
    Ok(events::append_many(connection, &[event]).await?)
}

/// Notes of the question that is open, if there is one, that all which waited was recalled: such a day is none of the usual ones.
pub async fn dropped(connection: &mut PgConnection, company: CompanyId) -> Result<(), StoreError> {
    sqlx::query!(
        "update sending_stops set dropped = true where company_id = $1 and ended_at is null and asked_on is not null",
        company.0
    )
    .execute(connection)
    .await?;
    Ok(())
}

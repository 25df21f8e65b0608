//! Messages by state: what waits, what is in doubt, what failed.

use chrono::{DateTime, Utc};
use relance_rules::ids::{CompanyId, DeliveryId};
use sqlx::PgConnection;

use super::states::{self, DeliveryState};
use crate::store::StoreError;

/// A message in a list.
#[derive(Debug, Clone, PartialEq)]
pub struct DeliveryLine {
    /// Identity.
    pub id: DeliveryId,
    /// How far it has come.
    pub state: DeliveryState,
    /// The customer's number.
    pub customer: String,
    /// The customer's name.
    pub customer_name: String,
    /// Title of the step.
    pub title: String,
    /// Level, for dunning.
    pub level: Option<i32>,
    /// To whom; none before the first try.
    pub recipient: Option<String>,
    /// Subject; none before the first try.
    pub subject: Option<String>,
    /// How often it was tried.
    pub attempts: i32,
    /// When it was put in the outbox.
    pub created_at: DateTime<Utc>,
    /// It does not leave before this moment.
    pub not_before: DateTime<Utc>,
    /// When it left.
    pub sent_at: Option<DateTime<Utc>>,
    /// Why the last try failed.
    pub last_error: Option<String>,
}

/// The messages of a company in one state, newest first, and how many there are.
pub async fn list(
    connection: &mut PgConnection,
    company: CompanyId,
    state: DeliveryState,
    offset: i64,
    limit: i64,
) -> Result<(Vec<DeliveryLine>, i64), StoreError> {
    let rows = sqlx::query!(
        r#"select d.id, d.state, c.number, c.name, a.title, a.level, d.recipient, d.subject, d.attempts, d.created_at,
             d.not_before, d.sent_at, d.last_error, count(*) over () as "total!"
           from deliveries d
           join customers c on c.company_id = d.company_id and c.id = d.customer_id
           join actions a on a.company_id = d.company_id and a.id = d.action_id
           where d.company_id = $1 and d.state = $2
           order by coalesce(d.sent_at, d.created_at) desc, d.id desc limit $4 offset $3"#,
        company.0,
        state.word(),
        offset,
        limit,
    )
    .fetch_all(connection)
    .await?;
    let total = rows.first().map_or(0, |r| r.total);
    let lines = rows
        .into_iter()
        .map(|r| {
            Ok(DeliveryLine {
                id: DeliveryId(r.id),
                state: states::read(&r.state)?,
                customer: r.number,
                customer_name: r.name,
                title: r.title,
                level: r.level,
                recipient: r.recipient,
                subject: r.subject,
                attempts: r.attempts,
                created_at: r.created_at,
                not_before: r.not_before,
                sent_at: r.sent_at,
                last_error: r.last_error,
            })
        })
        .collect::<Result<_, StoreError>>()?;
    Ok((lines, total))
}

/// How many messages of a company are in a state.
pub async fn count(
    connection: &mut PgConnection,
    company: CompanyId,
    state: DeliveryState,
) -> Result<i64, StoreError> {
    let count = sqlx::query_scalar!(
        r#"select count(*) as "count!" from deliveries where company_id = $1 and state = $2"#,
        company.0,
        state.word(),
    )
    .fetch_one(connection)
    .await?;
    Ok(count)
}

/// How many messages of a step wait.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepWaiting {
    /// Title of the step.
    pub title: String,
    /// Level, for dunning.
    pub level: Option<i32>,
    /// How many.
    pub messages: i64,
}

/// What waits, by step, the most first; at most so many steps.
pub async fn waiting_by_step(
    connection: &mut PgConnection,
    company: CompanyId,
    limit: i64,
) -> Result<Vec<StepWaiting>, StoreError> {
    let rows = sqlx::query_as!(
        StepWaiting,
        r#"select a.title, a.level, count(*) as "messages!"
           from deliveries d join actions a on a.company_id = d.company_id and a.id = d.action_id
           where d.company_id = $1 and d.state = 'queued'
           group by a.title, a.level order by 3 desc, 1, 2 limit $2"#,
        company.0,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows)
}

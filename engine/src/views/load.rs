//! What lies before a company's workers at a moment, in figures: for whoever watches the program.

use chrono::{DateTime, TimeDelta, Utc};
use relance_rules::ids::CompanyId;
use sqlx::PgConnection;

use super::states::{self, DeliveryState, TaskKind};
use crate::store::StoreError;
use crate::store::deliveries::Medium;

/// The load of one company. What is finished is not in it: counting it would cost more from year to year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Accounts whose time to be looked at has come.
    pub accounts_due: i64,
    /// For how long the first of them has been due.
    pub review_late_by: TimeDelta,
    /// Accounts whose last review could not decide.
    pub accounts_in_trouble: i64,
    /// Messages that are not finished, by state and medium.
    pub messages: Vec<Messages>,
    /// For how long the first message has been due that could leave.
    pub delivery_late_by: TimeDelta,
    /// Open tasks by kind.
    pub tasks: Vec<(TaskKind, i64)>,
}

/// Messages in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Messages {
    /// How far they have come.
    pub state: DeliveryState,
    /// The medium.
    pub medium: Medium,
    /// How many.
    pub count: i64,
}

/// Reads it.
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    now: DateTime<Utc>,
) -> Result<Load, StoreError> {
    let due = sqlx::query!(
        r#"select count(*) as "count!", min(next_review_at) as first
           from accounts where company_id = $1 and next_review_at <= $2"#,
        company.0,
        now,
    )
    .fetch_one(&mut *connection)
    .await?;
    let accounts_in_trouble = sqlx::query_scalar!(
        r#"select count(*) as "count!" from accounts where company_id = $1 and trouble is not null"#,
        company.0,
    )
    .fetch_one(&mut *connection)
    .await?;
    // Each part has an index of its own.
    let messages = sqlx::query!(
        r#"select 'queued' as "state!", medium as "medium!", count(*) as "count!",
                  min(not_before) filter (where not_before <= $2) as first
           from deliveries where company_id = $1 and state = 'queued' group by medium
           union all
           select 'sending', medium, count(*), null from deliveries
           where company_id = $1 and state = 'sending' group by medium
           union all
           select 'in_doubt', medium, count(*), null from deliveries
           where company_id = $1 and state = 'in_doubt' group by medium
           order by 1, 2"#,
        company.0,
        now,
    )
    .fetch_all(&mut *connection)
    .await?;
    let tasks = sqlx::query!(
        r#"select kind, count(*) as "count!" from tasks where company_id = $1 and state = 'open' group by kind order by kind"#,
        company.0,
    )
    .fetch_all(&mut *connection)
    .await?;
    let late = |first: Option<DateTime<Utc>>| first.map_or(TimeDelta::zero(), |first| now - first);
    let delivery = messages.iter().filter_map(|row| row.first).min();
    Ok(Load {
        accounts_due: due.count,
        review_late_by: late(due.first),
        accounts_in_trouble,
        delivery_late_by: late(delivery),
        messages: messages
            .into_iter()
            .map(|row| {
                Ok(Messages {
                    state: states::read(&row.state)?,
                    medium: Medium::read(&row.medium)?,
                    count: row.count,
                })
            })
            .collect::<Result<_, StoreError>>()?,
        tasks: tasks
            .into_iter()
            .map(|row| Ok((states::read(&row.kind)?, row.count)))
            .collect::<Result<_, StoreError>>()?,
    })
}

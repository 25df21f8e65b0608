//! The kill switch: people stop the sending of one company, or of everything.
//!
//! A sending claim calls [`hold`]: it takes the company's gate (shared with other claims) until the end of its transaction, then looks
//! for stops. [`stop`] commits the stop first and then waits at each gate for the claims under way: when it returns, no message is
//! claimed any more until somebody resumes. In this order, because claims that follow one another without a gap would keep a
//! stop waiting that wanted the gate before it is known.

use chrono::{DateTime, NaiveDate, Utc};
use relance_rules::ids::CompanyId;
use sqlx::{PgConnection, PgPool};

use super::StoreError;
use super::breaker::Question;
use super::events::{self, EventKind, NewEvent};

/// What is stopped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// What one company sends.
    Company(CompanyId),
    /// What all companies send, those that are added later included.
    Everything,
}

/// A stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// What is stopped.
    pub scope: Scope,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Who stopped it.
    pub by: String,
    /// Why, in words.
    pub why: String,
    /// What the breaker asks, when it made the stop.
    pub question: Option<Question>,
    /// When it ended and who ended it; none: it is in force.
    pub ended: Option<(DateTime<Utc>, String)>,
}

impl Stop {
    /// Whether it keeps this company from sending.
    pub fn concerns(&self, company: CompanyId) -> bool {
        match self.scope {
            Scope::Company(stopped) => stopped == company,
            Scope::Everything => true,
        }
    }
}

/// Stops the sending, and returns when nothing is claimed for sending any more. `false`: it was stopped already, and that stop, with
/// its reason, stays.
pub async fn stop(
    pool: &PgPool,
    scope: Scope,
    why: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let mut transaction = pool.begin().await?;
    let new = announce(&mut transaction, scope, why, actor, now).await?;
    transaction.commit().await?;
    for company in concerned(&mut *pool.acquire().await?, scope).await? {
        let mut transaction = pool.begin().await?;
        sqlx::query!(
            "select company_id from sending_gates where company_id = $1 for update",
            company.0
        )
        .fetch_optional(&mut *transaction)
        .await?;
        transaction.commit().await?;
    }
    Ok(new)
}

async fn announce(
    connection: &mut PgConnection,
    scope: Scope,
    why: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let inserted = match scope {
        Scope::Company(company) => {
            sqlx::query!(
                "insert into sending_stops (company_id, since, set_by, why) values ($1, $2, $3, $4) on conflict do nothing",
                company.0,
                now,
                actor,
                why,
            )
            .execute(&mut *connection)
            .await?
        }
        Scope::Everything => {
            sqlx::query!(
                "insert into general_stops (since, set_by, why) values ($1, $2, $3) on conflict do nothing",
                now,
                actor,
                why,
            )
            .execute(&mut *connection)
            .await?
        }
    };
    if inserted.rows_affected() == 0 {
        return Ok(false);
    }
    let kind = EventKind::SendingStopped {
        everything: scope == Scope::Everything,
        why: why.to_owned(),
    };
    tell(connection, scope, &kind, actor, now).await?;
    Ok(true)
}

/// Lets the sending go on. `false`: there was no such stop. A stop of everything and one of a company are ended each by itself; with that
/// of a company a question of the breaker, which is answered thereby.
pub async fn resume(
    connection: &mut PgConnection,
    scope: Scope,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let ended = match scope {
        Scope::Company(company) => {
            sqlx::query!(
                "update sending_stops set ended_at = greatest($2, since), ended_by = $3 where company_id = $1 and ended_at is null",
                company.0,
                now,
                actor,
            )
            .execute(&mut *connection)
            .await?
        }
        Scope::Everything => {
            sqlx::query!(
                "update general_stops set ended_at = greatest($1, since), ended_by = $2 where ended_at is null",
                now,
                actor,
            )
            .execute(&mut *connection)
            .await?
        }
    };
    if ended.rows_affected() == 0 {
        return Ok(false);
    }
    let kind = EventKind::SendingResumed {
        everything: scope == Scope::Everything,
    };
    tell(connection, scope, &kind, actor, now).await?;
    Ok(true)
}

/// Takes the company's gate until the end of the transaction and gives the stop that is in force. `None`: what this transaction
/// claims may leave, whoever stops the sending meanwhile waits for its end.
pub async fn hold(connection: &mut PgConnection, company: CompanyId) -> Result<Option<Stop>, StoreError> {
    let held = sqlx::query!(
        "select company_id from sending_gates where company_id = $1 for share",
        company.0
    )
    .fetch_optional(&mut *connection)
    .await?;
    if held.is_none() {
        return Err(StoreError::not_found("company", company));
    }
    // A statement of its own: it sees what was committed while the one above waited.
    let stop = sqlx::query!(
        r#"select null::bigint as company_id, since as "since!", set_by as "set_by!", why as "why!",
                  null::date as asked_on, null::bigint as messages, null::bigint as usual
           from general_stops where ended_at is null
           union all
           select company_id, since, set_by, why, asked_on, messages, usual
           from sending_stops where company_id = $1 and ended_at is null
           order by 1 nulls first, 2 limit 1"#,
        company.0
    )
    .fetch_optional(connection)
    .await?;
    Ok(stop.map(|row| Stop {
        scope: row
            .company_id
            .map_or(Scope::Everything, |id| Scope::Company(CompanyId(id))),
        since: row.since,
        by: row.set_by,
        why: row.why,
        question: question(row.asked_on, row.messages, row.usual),
        ended: None,
    }))
}

/// All stops in force: that of everything first.
pub async fn in_force(connection: &mut PgConnection) -> Result<Vec<Stop>, StoreError> {
    let rows = sqlx::query!(
        r#"select null::bigint as company_id, since as "since!", set_by as "set_by!", why as "why!",
                  null::date as asked_on, null::bigint as messages, null::bigint as usual
           from general_stops where ended_at is null
           union all
           select company_id, since, set_by, why, asked_on, messages, usual from sending_stops where ended_at is null
           order by 1 nulls first, 2"#
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Stop {
            scope: row
                .company_id
                .map_or(Scope::Everything, |id| Scope::Company(CompanyId(id))),
            since: row.since,
            by: row.set_by,
            why: row.why,
            question: question(row.asked_on, row.messages, row.usual),
            ended: None,
        })
        .collect())
}

/// The latest stops that concerned a company, the newest first.
pub async fn of_company(
    connection: &mut PgConnection,
    company: CompanyId,
    limit: i64,
) -> Result<Vec<Stop>, StoreError> {
    let rows = sqlx::query!(
        r#"select company_id, since as "since!", set_by as "set_by!", why as "why!", ended_at, ended_by, asked_on, messages, usual
           from (select null::bigint as company_id, since, set_by, why, ended_at, ended_by,
                        null::date as asked_on, null::bigint as messages, null::bigint as usual from general_stops
                 union all
                 select company_id, since, set_by, why, ended_at, ended_by, asked_on, messages, usual
                 from sending_stops where company_id = $1) s
           order by since desc, company_id nulls first limit $2"#,
        company.0,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows
        .into_iter()
        .map(|row| Stop {
            scope: row
                .company_id
                .map_or(Scope::Everything, |id| Scope::Company(CompanyId(id))),
            since: row.since,
            by: row.set_by,
            why: row.why,
            question: question(row.asked_on, row.messages, row.usual),
            ended: row.ended_at.zip(row.ended_by),
        })
        .collect())
}

fn question(on: Option<NaiveDate>, messages: Option<i64>, usual: Option<i64>) -> Option<Question> {
    Some(Question {
        on: on?,
        messages: messages?,
        usual: usual?,
    })
}

async fn concerned(connection: &mut PgConnection, scope: Scope) -> Result<Vec<CompanyId>, StoreError> {
    match scope {
        Scope::Company(company) => Ok(vec![company]),
        Scope::Everything => {
            let ids = sqlx::query_scalar!("select company_id from sending_gates order by company_id")
                .fetch_all(connection)
                .await?;
            Ok(ids.into_iter().map(CompanyId).collect())
        }
    }
}

/// An event in each company that is concerned.
async fn tell(
    connection: &mut PgConnection,
    scope: Scope,
    kind: &EventKind,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let companies = concerned(&mut *connection, scope).await?;
    let events: Vec<NewEvent<'_>> = companies
        .into_iter()
        .map(|company| NewEvent {
            company,
            at: now,
            kind: kind.clone(),
            customer: None,
            invoice: None,
            action: None,
            actor,
        })
        .collect();
    Ok(events::append_many(connection, &events).await?)
}

//! Many tasks of one kind closed with one outcome.

use chrono::{DateTime, Utc};
use relance_rules::dsl::text;
use relance_rules::ids::{ActionId, CompanyId, CustomerId, TaskId};
use sqlx::PgConnection;

use super::{TaskKind, TaskOutcome};
use crate::store::actions;
use crate::store::companies::Company;
use crate::store::events::{self, EventKind, NewEvent};
use crate::store::{StoreError, accounts};

impl TaskKind {
    /// The outcomes that may be given to many tasks of this kind at once: those that say the same of each. Whoever was called, and what
    /// became of a message in doubt, is said one by one.
    pub fn outcomes_of_many(self) -> &'static [TaskOutcome] {
        match self {
            Self::ByHand | Self::Task | Self::HandOver | Self::Approval | Self::ExpiredApproval => {
                self.outcomes()
            }
            Self::Call | Self::FixContact | Self::SettleInDoubt | Self::Attention => &[],
        }
    }
}

/// What is said of many tasks at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closing<'a> {
    /// Of what kind they all are.
    pub kind: TaskKind,
    /// What came of them.
    pub outcome: TaskOutcome,
    /// In words; may be empty.
    pub note: &'a str,
}

impl Closing<'_> {
    /// Whether it can be said of many.
    pub fn check(&self, company: &Company) -> Result<(), StoreError> {
        if self.kind.outcomes_of_many().contains(&self.outcome) {
            return Ok(());
        }
        let (given, kind) = (self.outcome.name(), self.kind.name());
        let why = text!(
            "`{given}` cannot be said of many tasks of the kind `{kind}` at once: say it of each",
            "`{given}` ne se dit pas de plusieurs tâches du genre `{kind}` à la fois : dites-le de chacune"
        );
        Err(StoreError::conflict("company", &company.code, why))
    }
}

/// Closes those of these tasks that are open and of this kind, as [`super::close`] does, with a fixed number of statements; how many
/// those were.
///
/// Refused with [`StoreError::Conflict`]: the outcome cannot be given to many tasks of this kind
/// ([`TaskKind::outcomes_of_many`]).
pub async fn close_many(
    connection: &mut PgConnection,
    company: &Company,
    tasks: &[TaskId],
    closing: Closing<'_>,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<u32, StoreError> {
    closing.check(company)?;
    let Closing { kind, outcome, note } = closing;
    let ids: Vec<i64> = tasks.iter().map(|t| t.0).collect();
    let customers = sqlx::query_scalar!(
        "select distinct customer_id from tasks
         where company_id = $1 and id = any($2::bigint[]) and state = 'open' and kind = $3",
        company.id.0,
        &ids,
        kind.name(),
    )
    .fetch_all(&mut *connection)
    .await?;
    let customers: Vec<CustomerId> = customers.into_iter().map(CustomerId).collect();
    accounts::wake_many(&mut *connection, company.id, &customers, now).await?;
    let closed = sqlx::query!(
        "update tasks set state = 'done', outcome = $4, note = nullif($5, ''), closed_at = $6, closed_by = $7
         where company_id = $1 and id = any($2::bigint[]) and state = 'open' and kind = $3
         returning customer_id, action_id, title",
        company.id.0,
        &ids,
        kind.name(),
        outcome.name(),
        note,
        now,
        actor,
    )
    .fetch_all(&mut *connection)
    .await?;
    let ended: Vec<(ActionId, String)> = closed
        .iter()
        .filter_map(|row| row.action_id)
        .map(|action| (ActionId(action), outcome.name().to_owned()))
        .collect();
    actions::end(&mut *connection, company.id, &ended, outcome.ending(kind), now).await?;
    let events: Vec<NewEvent<'_>> = closed
        .iter()
        .map(|row| NewEvent {
            company: company.id,
            at: now,
            kind: EventKind::TaskDone {
                title: row.title.clone(),
                outcome: outcome.name().to_owned(),
                note: note.to_owned(),
            },
            customer: Some(CustomerId(row.customer_id)),
            invoice: None,
            action: row.action_id.map(ActionId),
            actor,
        })
        .collect();
    events::append_many(connection, &events).await?;
    Ok(u32::try_from(closed.len()).unwrap_or(u32::MAX))
}

/// All open tasks of a kind, and of a role when one is given.
pub async fn open_of(
    connection: &mut PgConnection,
    company: CompanyId,
    kind: TaskKind,
    role: Option<&str>,
) -> Result<Vec<TaskId>, StoreError> {
    let ids = sqlx::query_scalar!(
        "select id from tasks where company_id = $1 and state = 'open' and kind = $2
                and ($3::text is null or assign_role = $3)
         order by id",
        company.0,
        kind.name(),
        role,
    )
    .fetch_all(connection)
    .await?;
    Ok(ids.into_iter().map(TaskId).collect())
}

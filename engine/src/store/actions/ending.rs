//! How actions end.

use chrono::{DateTime, Utc};
use relance_rules::ids::{ActionId, CompanyId};
use sqlx::PgConnection;

use crate::store::StoreError;

/// How an action ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// Carried out.
    Done,
    /// It could not be carried out for good; its step may come again.
    Failed,
    /// Called off before it was carried out; its step may come again.
    Cancelled,
    /// Nobody agreed in time: it keeps its place, so that it is not asked for again by itself.
    Expired,
}

impl Ending {
    fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Expired => "expired",
        }
    }
}

/// Ends actions that are pending, in doubt or expired, each with a word on it (empty: none).
pub async fn end(
    connection: &mut PgConnection,
    company: CompanyId,
    ended: &[(ActionId, String)],
    ending: Ending,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    if ended.is_empty() {
        return Ok(());
    }
    let ids: Vec<i64> = ended.iter().map(|(id, _)| id.0).collect();
    let outcomes: Vec<String> = ended.iter().map(|(_, outcome)| outcome.clone()).collect();
    sqlx::query!(
        "update actions a set state = $4, closed_at = greatest($5, a.decided_at), outcome = nullif(n.outcome, '')
         from unnest($2::bigint[], $3::text[]) as n (id, outcome)
         where a.company_id = $1 and a.id = n.id and a.state in ('pending', 'in_doubt', 'expired')",
        company.0,
        &ids,
        &outcomes,
        ending.name(),
        at,
    )
    .execute(&mut *connection)
    .await?;
    if matches!(ending, Ending::Failed | Ending::Cancelled) {
        sqlx::query!(
            "update action_items set live = false where company_id = $1 and action_id = any($2::bigint[])",
            company.0,
            &ids,
        )
        .execute(connection)
        .await?;
    }
    Ok(())
}

/// Nobody answered a call: where the rules make it again, another one may be decided for the same act.
pub async fn unanswered(
    connection: &mut PgConnection,
    company: CompanyId,
    call: ActionId,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update action_items t set live = false
         from actions a
         where t.company_id = $1 and t.action_id = $2 and a.company_id = t.company_id and a.id = t.action_id
               and coalesce((a.detail ->> 'retries')::int, 0) > 0",
        company.0,
        call.0,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Marks an action as in doubt, or (`false`) as pending again.
pub async fn set_doubt(
    connection: &mut PgConnection,
    company: CompanyId,
    action: ActionId,
    doubt: bool,
) -> Result<(), StoreError> {
    sqlx::query!(
        "update actions set state = case when $3 then 'in_doubt' else 'pending' end
         where company_id = $1 and id = $2 and state in ('pending', 'in_doubt')",
        company.0,
        action.0,
        doubt,
    )
    .execute(connection)
    .await?;
    Ok(())
}

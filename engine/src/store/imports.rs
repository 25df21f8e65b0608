//! Runs of the import, with what they refused.

use chrono::{DateTime, Utc};
use relance_rules::ids::CompanyId;
use sqlx::PgConnection;

use super::StoreError;

/// Identity of a run, within its company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize)]
#[serde(transparent)]
pub struct ImportRunId(pub i64);

/// A refused line, as stored; the fields are those of [`crate::import::Reject`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "the fields are those of import::Reject")]
pub struct RejectRow {
    pub file: String,
    pub line: i32,
    pub field: Option<String>,
    pub value: Option<String>,
    pub reason: String,
}

/// Notes that a run has begun.
pub async fn start(
    connection: &mut PgConnection,
    company: CompanyId,
    source: &str,
    actor: &str,
    now: DateTime<Utc>,
) -> Result<ImportRunId, StoreError> {
    let id = sqlx::query_scalar!(
        "insert into import_runs (company_id, source, started_at, actor) values ($1, $2, $3, $4) returning id",
        company.0,
        source,
        now,
        actor,
    )
    .fetch_one(connection)
    .await?;
    Ok(ImportRunId(id))
}

/// How a run ended.
#[derive(Debug, Clone, Copy)]
pub struct RunOutcome<'a> {
    /// What became of the lines of each kind.
    pub counts: &'a serde_json::Value,
    /// What was noticed, a list of [`crate::import::Notice`].
    pub notices: &'a serde_json::Value,
    /// What was refused.
    pub rejects: &'a [RejectRow],
}

/// Notes how a run ended, and what it refused.
pub async fn finish(
    connection: &mut PgConnection,
    company: CompanyId,
    run: ImportRunId,
    outcome: RunOutcome<'_>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let RunOutcome {
        counts,
        notices,
        rejects,
    } = outcome;
    let files: Vec<String> = rejects.iter().map(|r| r.file.clone()).collect();
    let lines: Vec<i32> = rejects.iter().map(|r| r.line).collect();
    let fields: Vec<Option<String>> = rejects.iter().map(|r| r.field.clone()).collect();
    let values: Vec<Option<String>> = rejects.iter().map(|r| r.value.clone()).collect();
    let reasons: Vec<String> = rejects.iter().map(|r| r.reason.clone()).collect();
    sqlx::query!(
        "insert into import_rejects (company_id, run_id, seq, file, line, field, value, reason)
         select $1, $2, n, file, line, field, value, reason
         from unnest($3::text[], $4::int[], $5::text[], $6::text[], $7::text[])
              with ordinality as r (file, line, field, value, reason, n)",
        company.0,
        run.0,
        &files,
        &lines,
        &fields as &[Option<String>],
        &values as &[Option<String>],
        &reasons,
    )
    .execute(&mut *connection)
    .await?;
    sqlx::query!(
        "update import_runs set finished_at = $3, counts = $4, notices = $5 where company_id = $1 and id = $2",
        company.0,
        run.0,
        now,
        counts,
        notices,
    )
    .execute(connection)
    .await?;
    Ok(())
}

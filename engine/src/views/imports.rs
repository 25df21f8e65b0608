//! Imports and the lines they refused.

use chrono::{DateTime, Utc};
use relance_rules::ids::CompanyId;
use serde_json::Value;
use sqlx::PgConnection;

use crate::store::StoreError;

/// One run of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct ImportLine {
    /// Identity.
    pub id: i64,
    /// Folder or file, as given.
    pub source: String,
    /// From.
    pub started_at: DateTime<Utc>,
    /// To; none while it runs or when it was cut off.
    pub finished_at: Option<DateTime<Utc>>,
    /// By whom.
    pub actor: String,
    /// Kind of file -> `{read, new, changed, unchanged, rejected}`.
    pub counts: Value,
    /// Refused lines in all.
    pub rejects: i64,
}

/// A refused line.
#[derive(Debug, Clone, PartialEq)]
pub struct RejectLine {
    /// File.
    pub file: String,
    /// Line, from 1, the header included.
    pub line: i32,
    /// Column name.
    pub field: Option<String>,
    /// What stands there.
    pub value: Option<String>,
    /// What is wrong and what to write instead.
    pub reason: String,
}

/// The imports of a company, newest first.
pub async fn list(
    connection: &mut PgConnection,
    company: CompanyId,
    offset: i64,
    limit: i64,
) -> Result<Vec<ImportLine>, StoreError> {
    Ok(sqlx::query_as!(
        ImportLine,
        r#"select r.id, r.source, r.started_at, r.finished_at, r.actor, r.counts,
             (select count(*) from import_rejects x where x.company_id = r.company_id and x.run_id = r.id) as "rejects!"
           from import_runs r where r.company_id = $1 order by r.id desc limit $3 offset $2"#,
        company.0,
        offset,
        limit,
    )
    .fetch_all(connection)
    .await?)
}

/// One import of a company.
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    id: i64,
) -> Result<Option<ImportLine>, StoreError> {
    Ok(sqlx::query_as!(
        ImportLine,
        r#"select r.id, r.source, r.started_at, r.finished_at, r.actor, r.counts,
             (select count(*) from import_rejects x where x.company_id = r.company_id and x.run_id = r.id) as "rejects!"
           from import_runs r where r.company_id = $1 and r.id = $2"#,
        company.0,
        id,
    )
    .fetch_optional(connection)
    .await?)
}

/// The lines that an import refused, in the order of the files.
pub async fn rejects(
    connection: &mut PgConnection,
    company: CompanyId,
    id: i64,
    offset: i64,
    limit: i64,
) -> Result<Vec<RejectLine>, StoreError> {
    Ok(sqlx::query_as!(
        RejectLine,
        "select file, line, field, value, reason from import_rejects
         where company_id = $1 and run_id = $2 order by seq limit $4 offset $3",
        company.0,
        id,
        offset,
        limit,
    )
    .fetch_all(connection)
    .await?)
}

//! Imports and the lines they refused.

use chrono::{DateTime, Utc};
use relance_rules::ids::CompanyId;
use serde_json::Value;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::import::Notice;
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
    /// What was noticed besides.
    pub notices: Vec<Notice>,
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

/// A run as it is stored.
struct ImportRow {
    id: i64,
    source: String,
    started_at: DateTime<Utc>,
    finished_at: Option<DateTime<Utc>>,
    actor: String,
    counts: Value,
    notices: Json<Vec<Notice>>,
    rejects: i64,
}

impl ImportRow {
    fn line(self) -> ImportLine {
        ImportLine {
            id: self.id,
            source: self.source,
            started_at: self.started_at,
            finished_at: self.finished_at,
            actor: self.actor,
            counts: self.counts,
            notices: self.notices.0,
            rejects: self.rejects,
        }
    }
}

/// The imports of a company, newest first.
pub async fn list(
    connection: &mut PgConnection,
    company: CompanyId,
    offset: i64,
    limit: i64,
) -> Result<Vec<ImportLine>, StoreError> {
    let rows = sqlx::query_as!(
        ImportRow,
        r#"select r.id, r.source, r.started_at, r.finished_at, r.actor, r.counts,
             r.notices as "notices!: Json<Vec<Notice>>",
             (select count(*) from import_rejects x where x.company_id = r.company_id and x.run_id = r.id) as "rejects!"
           from import_runs r where r.company_id = $1 order by r.id desc limit $3 offset $2"#,
        company.0,
        offset,
        limit,
    )
    .fetch_all(connection)
    .await?;
    Ok(rows.into_iter().map(ImportRow::line).collect())
}

/// One import of a company.
pub async fn load(
    connection: &mut PgConnection,
    company: CompanyId,
    id: i64,
) -> Result<Option<ImportLine>, StoreError> {
    let row = sqlx::query_as!(
        ImportRow,
        r#"select r.id, r.source, r.started_at, r.finished_at, r.actor, r.counts,
             r.notices as "notices!: Json<Vec<Notice>>",
             (select count(*) from import_rejects x where x.company_id = r.company_id and x.run_id = r.id) as "rejects!"
           from import_runs r where r.company_id = $1 and r.id = $2"#,
        company.0,
        id,
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(ImportRow::line))
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

//! Revisions of the rules, and whom they serve.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use relance_rules::ids::CompanyId;
use sqlx::PgConnection;
use sqlx::types::Json;

use crate::store::StoreError;

/// A revision, without its texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RevisionLine {
    /// Number.
    pub id: i64,
    /// Hash of all texts, in hexadecimal.
    pub content_hash: String,
    /// Since when.
    pub in_force_at: DateTime<Utc>,
    /// By whom.
    pub by: String,
    /// Until when; none: still in force.
    pub superseded_at: Option<DateTime<Utc>>,
    /// How many files.
    pub files: i64,
}

/// How many customers a segment has, as of the last reviews.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SegmentCount {
    /// Segment, by name; none: no segment holds.
    pub segment: Option<String>,
    /// Scenario, by name.
    pub scenario: Option<String>,
    /// Customers.
    pub customers: i64,
}

/// The revisions, newest first.
pub async fn revisions(connection: &mut PgConnection, limit: i64) -> Result<Vec<RevisionLine>, StoreError> {
    Ok(sqlx::query_as!(
        RevisionLine,
        r#"select id, content_hash, put_in_force_at as in_force_at, put_in_force_by as by, superseded_at,
             (select count(*) from jsonb_object_keys(files)) as "files!"
           from rulebook_revisions order by id desc limit $1"#,
        limit,
    )
    .fetch_all(connection)
    .await?)
}

/// The texts of a revision, by path.
pub async fn files(
    connection: &mut PgConnection,
    revision: i64,
) -> Result<Option<BTreeMap<String, String>>, StoreError> {
    let row = sqlx::query!(
        r#"select files as "files: Json<BTreeMap<String, String>>" from rulebook_revisions where id = $1"#,
        revision
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|r| r.files.0))
}

/// How many customers of a company each segment has, the largest first.
pub async fn segments(
    connection: &mut PgConnection,
    company: CompanyId,
) -> Result<Vec<SegmentCount>, StoreError> {
    Ok(sqlx::query_as!(
        SegmentCount,
        r#"select segment, scenario, count(*) as "customers!" from accounts
           where company_id = $1 and reviewed_at is not null group by segment, scenario order by 3 desc, 1, 2"#,
        company.0,
    )
    .fetch_all(connection)
    .await?)
}

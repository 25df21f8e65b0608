//! Rulebooks as they were put in force, and the last one that was refused.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;

use super::StoreError;

/// A rulebook as it was put in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRevision {
    /// Number; rises.
    pub id: i64,
    /// SHA-256 in hex of what it was made of.
    pub content_hash: String,
    /// Path and text of each file.
    pub files: BTreeMap<String, String>,
    /// Since when it is in force.
    pub since: DateTime<Utc>,
    /// Who put it in force.
    pub by: String,
}

/// A rulebook that was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredRejection {
    /// When.
    pub at: DateTime<Utc>,
    /// What is wrong with it, placed diagnostics as JSON.
    pub diagnostics: Value,
}

/// The revision in force, with its files.
pub async fn in_force(connection: &mut PgConnection) -> Result<Option<StoredRevision>, StoreError> {
    let row = sqlx::query!(
        "select id, content_hash, files, put_in_force_at, put_in_force_by
         from rulebook_revisions where superseded_at is null"
    )
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(StoredRevision {
            id: row.id,
            content_hash: row.content_hash,
            files: serde_json::from_value(row.files)
                .map_err(|error| StoreError::unreadable("the files of a rulebook", error.to_string()))?,
            since: row.put_in_force_at,
            by: row.put_in_force_by,
        })
    })
    .transpose()
}

/// What is in force and when the last refusal was: cheap, to see whether anything changed.
pub async fn signature(
    connection: &mut PgConnection,
) -> Result<(Option<i64>, Option<DateTime<Utc>>), StoreError> {
    let row = sqlx::query!(
        r#"select (select id from rulebook_revisions where superseded_at is null) as revision,
                  (select at from rulebook_rejection) as refused"#
    )
    .fetch_one(connection)
    .await?;
    Ok((row.revision, row.refused))
}

/// The revision in force, which stays in force until the end of the transaction.
pub async fn hold(connection: &mut PgConnection) -> Result<Option<i64>, StoreError> {
    Ok(
        sqlx::query_scalar!("select id from rulebook_revisions where superseded_at is null for share")
            .fetch_optional(connection)
            .await?,
    )
}

/// Puts a rulebook in force in the place of the one before. `None`: it is in force already.
pub async fn put_in_force(
    connection: &mut PgConnection,
    content_hash: &str,
    files: &BTreeMap<String, String>,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>, StoreError> {
    // One change at a time: two first rulebooks would have no row to wait for.
    sqlx::query!("lock table rulebook_rejection in exclusive mode")
        .execute(&mut *connection)
        .await?;
    let current = sqlx::query!(
        "select id, content_hash from rulebook_revisions where superseded_at is null for update"
    )
    .fetch_optional(&mut *connection)
    .await?;
    if current
        .as_ref()
        .is_some_and(|current| current.content_hash == content_hash)
    {
        return Ok(None);
    }
    sqlx::query!(
        "update rulebook_revisions set superseded_at = greatest($1, put_in_force_at) where superseded_at is null",
        now
    )
    .execute(&mut *connection)
    .await?;
    let files = serde_json::to_value(files).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    let id = sqlx::query_scalar!(
        "insert into rulebook_revisions (content_hash, files, put_in_force_at, put_in_force_by)
         values ($1, $2, $3, $4) returning id",
        content_hash,
        files,
        now,
        by,
    )
    .fetch_one(connection)
    .await?;
    Ok(Some(id))
}

/// The last refusal, until a good rulebook came.
pub async fn rejection(connection: &mut PgConnection) -> Result<Option<StoredRejection>, StoreError> {
    let row = sqlx::query!("select at, diagnostics from rulebook_rejection")
        .fetch_optional(connection)
        .await?;
    Ok(row.map(|row| StoredRejection {
        at: row.at,
        diagnostics: row.diagnostics,
    }))
}

/// Notes a refusal in the place of the one before.
pub async fn set_rejection(
    connection: &mut PgConnection,
    content_hash: &str,
    diagnostics: &Value,
    at: DateTime<Utc>,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into rulebook_rejection (content_hash, diagnostics, at) values ($1, $2, $3)
         on conflict (singleton) do update set content_hash = $1, diagnostics = $2, at = $3",
        content_hash,
        diagnostics,
        at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets the refusal: a good rulebook came, or the bad change was taken back.
pub async fn clear_rejection(connection: &mut PgConnection) -> Result<(), StoreError> {
    sqlx::query!("delete from rulebook_rejection")
        .execute(connection)
        .await?;
    Ok(())
}

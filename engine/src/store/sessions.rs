//! Sessions of signed-in users. The store knows a hash of the cookie only: who reads the table cannot sign in with it.

use chrono::{DateTime, Utc};
use serde_json::Value;
use sqlx::PgConnection;

use crate::store::StoreError;

/// A stored session.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredSession {
    /// What it holds.
    pub data: Value,
    /// From this moment it serves no more.
    pub expires_at: DateTime<Utc>,
}

/// Writes a session, over one of the same id.
pub async fn save(
    connection: &mut PgConnection,
    id_hash: &str,
    session: &StoredSession,
) -> Result<(), StoreError> {
    sqlx::query!(
        "insert into sessions (id, data, expires_at) values ($1, $2, $3)
         on conflict (id) do update set data = excluded.data, expires_at = excluded.expires_at",
        id_hash,
        session.data,
        session.expires_at,
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Reads a session that still serves.
pub async fn load(
    connection: &mut PgConnection,
    id_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<StoredSession>, StoreError> {
    Ok(sqlx::query_as!(
        StoredSession,
        "select data, expires_at from sessions where id = $1 and expires_at > $2",
        id_hash,
        now
    )
    .fetch_optional(connection)
    .await?)
}

/// Ends a session.
pub async fn delete(connection: &mut PgConnection, id_hash: &str) -> Result<(), StoreError> {
    sqlx::query!("delete from sessions where id = $1", id_hash)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes the sessions that serve no more and tells how many there were.
pub async fn delete_expired(connection: &mut PgConnection, now: DateTime<Utc>) -> Result<u64, StoreError> {
    Ok(sqlx::query!("delete from sessions where expires_at <= $1", now)
        .execute(connection)
        .await?
        .rows_affected())
}

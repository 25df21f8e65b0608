//! Facts about this installation itself, by key.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::PgConnection;

use super::StoreError;

/// Reads the value under a key; `None` when there is none.
pub async fn get<T: DeserializeOwned>(
    connection: &mut PgConnection,
    key: &str,
) -> Result<Option<T>, StoreError> {
    sqlx::query_scalar!("select value from installation where key = $1", key)
        .fetch_optional(connection)
        .await?
        .map(|value| {
            serde_json::from_value(value)
                .map_err(|e| StoreError::unreadable("a fact of the installation", e.to_string()))
        })
        .transpose()
}

/// Stores a value under a key, in place of an earlier one.
pub async fn set<T: Serialize>(
    connection: &mut PgConnection,
    key: &str,
    value: &T,
) -> Result<(), StoreError> {
    let value = serde_json::to_value(value).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    sqlx::query!(
        "insert into installation (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value",
        key,
        value
    )
    .execute(connection)
    .await?;
    Ok(())
}

/// Stores a value under a key unless there is one already; gives what stands there then.
pub async fn keep<T: Serialize + DeserializeOwned>(
    connection: &mut PgConnection,
    key: &str,
    value: &T,
) -> Result<T, StoreError> {
    let new = serde_json::to_value(value).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    sqlx::query!(
        "insert into installation (key, value) values ($1, $2) on conflict (key) do nothing",
        key,
        new
    )
    .execute(&mut *connection)
    .await?;
    get(connection, key)
        .await?
        .ok_or_else(|| StoreError::unreadable("a fact of the installation", format!("{key} is gone")))
}

/// Takes everything out of the database of an installation that has this key (`demo`), schema and all; migrating makes it new.
/// Without the key nothing is touched, and the answer is false.
pub async fn erase(connection: &mut PgConnection, key: &str) -> Result<bool, StoreError> {
    if get::<serde_json::Value>(connection, key).await?.is_none() {
        return Ok(false);
    }
    sqlx::raw_sql("drop schema public cascade; create schema public")
        .execute(connection)
        .await?;
    Ok(true)
}

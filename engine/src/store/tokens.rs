//! Tokens of the API. Only a hash is kept; the token itself is shown once, when it is made.

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::PgConnection;

use crate::store::StoreError;
use crate::store::users::{Role, read_role};

/// A token, without its secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ApiToken {
    /// Identity.
    pub id: i64,
    /// What it is for.
    pub name: String,
    /// What its bearer may do.
    pub role: Role,
    /// Since when.
    pub created_at: DateTime<Utc>,
    /// By whom.
    pub created_by: String,
    /// When it was last used; written at most once a minute.
    pub last_used_at: Option<DateTime<Utc>>,
    /// Since when it serves no more.
    pub revoked_at: Option<DateTime<Utc>>,
}

struct Row {
    id: i64,
    name: String,
    role: String,
    created_at: DateTime<Utc>,
    created_by: String,
    last_used_at: Option<DateTime<Utc>>,
    revoked_at: Option<DateTime<Utc>>,
}

impl Row {
    fn token(self) -> Result<ApiToken, StoreError> {
        Ok(ApiToken {
            id: self.id,
            name: self.name,
            role: read_role(&self.role)?,
            created_at: self.created_at,
            created_by: self.created_by,
            last_used_at: self.last_used_at,
            revoked_at: self.revoked_at,
        })
    }
}

/// Adds a token by the SHA-256 of its text in hexadecimal; `None` when the name is taken.
pub async fn create(
    connection: &mut PgConnection,
    name: &str,
    token_hash: &str,
    role: Role,
    by: &str,
    now: DateTime<Utc>,
) -> Result<Option<i64>, StoreError> {
    Ok(sqlx::query_scalar!(
        "insert into api_tokens (name, token_hash, role, created_at, created_by) values ($1, $2, $3, $4, $5)
         on conflict (name) do nothing returning id",
        name,
        token_hash,
        role.word(),
        now,
        by,
    )
    .fetch_optional(connection)
    .await?)
}

/// All tokens, the revoked ones too, by name.
pub async fn list(connection: &mut PgConnection) -> Result<Vec<ApiToken>, StoreError> {
    sqlx::query_as!(
        Row,
        "select id, name, role, created_at, created_by, last_used_at, revoked_at from api_tokens order by name"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Row::token)
    .collect()
}

/// The token with this hash, if it serves; notes the use.
pub async fn authenticate(
    connection: &mut PgConnection,
    token_hash: &str,
    now: DateTime<Utc>,
) -> Result<Option<ApiToken>, StoreError> {
    let row = sqlx::query_as!(
        Row,
        "select id, name, role, created_at, created_by, last_used_at, revoked_at
         from api_tokens where token_hash = $1 and revoked_at is null",
        token_hash
    )
    .fetch_optional(&mut *connection)
    .await?;
    let Some(token) = row.map(Row::token).transpose()? else {
        return Ok(None);
    };
    sqlx::query!(
        "update api_tokens set last_used_at = $2
         where id = $1 and (last_used_at is null or last_used_at < $2::timestamptz - interval '1 minute')",
        token.id,
        now
    )
    .execute(connection)
    .await?;
    Ok(Some(token))
}

/// Revokes a token by name; `false` when there is none that serves.
pub async fn revoke(
    connection: &mut PgConnection,
    name: &str,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    Ok(sqlx::query!(
        "update api_tokens set revoked_at = $2 where name = $1 and revoked_at is null",
        name,
        now
    )
    .execute(connection)
    .await?
    .rows_affected()
        == 1)
}

//! People who sign in to the pages.

use chrono::{DateTime, Utc};
use relance_rules::ids::UserId;
use serde::{Deserialize, Serialize};
use sqlx::PgConnection;

use crate::store::StoreError;

/// What a user, or a token, may do. Each role may do all that the roles before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads everything, changes nothing.
    Viewer,
    /// Works the to-do list: outcomes, promises, disputes, notes.
    Collector,
    /// Also sets holds and settles messages in doubt.
    CreditManager,
    /// Also manages users and tokens.
    Admin,
}

impl Role {
    /// All roles, the least powerful first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Collector, Self::CreditManager, Self::Admin];

    /// The word under which it is stored and given on the command line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Collector => "collector",
            Self::CreditManager => "credit_manager",
            Self::Admin => "admin",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = NotARole;

    fn from_str(word: &str) -> Result<Self, NotARole> {
        Self::ALL
            .into_iter()
            .find(|role| role.word() == word)
            .ok_or_else(|| NotARole(word.to_owned()))
    }
}

/// A word that is not a role.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a role: write viewer, collector, credit_manager or admin")]
pub struct NotARole(pub String);

/// A user, without the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// Identity.
    pub id: UserId,
    /// What is typed to sign in.
    pub login: String,
    /// Name, as colleagues read it.
    pub name: String,
    /// What the user may do.
    pub role: Role,
    /// Language of the pages: `fr` or `en`.
    pub language: String,
    /// May sign in.
    pub active: bool,
    /// Since when.
    pub created_at: DateTime<Utc>,
}

/// A user to be added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewUser<'a> {
    /// What is typed to sign in; unique.
    pub login: &'a str,
    /// Name, as colleagues read it.
    pub name: &'a str,
    /// Hash of the password in the PHC format, never the password itself.
    pub password_hash: &'a str,
    /// What the user may do.
    pub role: Role,
    /// Language of the pages: `fr` or `en`.
    pub language: &'a str,
}

struct Row {
    id: i64,
    login: String,
    name: String,
    role: String,
    language: String,
    active: bool,
    created_at: DateTime<Utc>,
}

impl Row {
    fn user(self) -> Result<User, StoreError> {
        Ok(User {
            id: UserId(self.id),
            login: self.login,
            name: self.name,
            role: read_role(&self.role)?,
            language: self.language,
            active: self.active,
            created_at: self.created_at,
        })
    }
}

/// A role as it is stored.
pub(crate) fn read_role(word: &str) -> Result<Role, StoreError> {
    word.parse()
        .map_err(|e: NotARole| StoreError::from(sqlx::Error::Decode(Box::new(e))))
}

/// Adds a user; `None` when the login is taken.
pub async fn create(
    connection: &mut PgConnection,
    user: &NewUser<'_>,
    now: DateTime<Utc>,
) -> Result<Option<UserId>, StoreError> {
    let id = sqlx::query_scalar!(
        "insert into users (login, name, password_hash, role, language, created_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (login) do nothing returning id",
        user.login,
        user.name,
        user.password_hash,
        user.role.word(),
        user.language,
        now,
    )
    .fetch_optional(connection)
    .await?;
    Ok(id.map(UserId))
}

/// All users, by login.
pub async fn list(connection: &mut PgConnection) -> Result<Vec<User>, StoreError> {
    sqlx::query_as!(
        Row,
        "select id, login, name, role, language, active, created_at from users order by login"
    )
    .fetch_all(connection)
    .await?
    .into_iter()
    .map(Row::user)
    .collect()
}

/// A user by identity.
pub async fn by_id(connection: &mut PgConnection, id: UserId) -> Result<Option<User>, StoreError> {
    sqlx::query_as!(
        Row,
        "select id, login, name, role, language, active, created_at from users where id = $1",
        id.0
    )
    .fetch_optional(connection)
    .await?
    .map(Row::user)
    .transpose()
}

/// An active user and the hash of the password, for signing in.
pub async fn credentials(
    connection: &mut PgConnection,
    login: &str,
) -> Result<Option<(UserId, String)>, StoreError> {
    let row = sqlx::query!(
        "select id, password_hash from users where login = $1 and active",
        login
    )
    .fetch_optional(connection)
    .await?;
    Ok(row.map(|r| (UserId(r.id), r.password_hash)))
}

/// Sets the hash of the password; `false` when there is no such login.
pub async fn set_password(
    connection: &mut PgConnection,
    login: &str,
    password_hash: &str,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "update users set password_hash = $2 where login = $1",
        login,
        password_hash
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Sets the language of the pages, `fr` or `en`.
pub async fn set_language(
    connection: &mut PgConnection,
    id: UserId,
    language: &str,
) -> Result<(), StoreError> {
    sqlx::query!("update users set language = $2 where id = $1", id.0, language)
        .execute(connection)
        .await?;
    Ok(())
}

/// Sets what a user may do, and whether at all; `false` when there is no such user.
pub async fn set_access(
    connection: &mut PgConnection,
    id: UserId,
    role: Role,
    active: bool,
) -> Result<bool, StoreError> {
    let done = sqlx::query!(
        "update users set role = $2, active = $3 where id = $1",
        id.0,
        role.word(),
        active
    )
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

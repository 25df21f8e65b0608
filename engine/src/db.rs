//! The way to the database: connections and migrations.

use std::collections::BTreeMap;
use std::str::FromStr;
use std::sync::LazyLock;
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::migrate::{Migrate as _, MigrateError, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection as _, Executor as _, PgConnection, PgPool};

use crate::readiness::SchemaGap;

/// The oldest Postgres that the schema and the queries are made for.
pub const OLDEST_SERVER: u32 = 15;

/// Why the database cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The address cannot be read.
    #[error("the database address cannot be read: write postgres://user:password@host:5432/database")]
    Address(#[source] sqlx::Error),
    /// The server does not answer or refuses the login.
    #[error("cannot connect to the database at {at}")]
    Connect {
        /// Host and database, without the password.
        at: String,
        /// What the driver says.
        #[source]
        source: sqlx::Error,
    },
    /// The server is too old.
    #[error("the database server is Postgres {found}; relance needs Postgres {OLDEST_SERVER} or later")]
    TooOld {
        /// Its version.
        found: String,
    },
    /// A pooler in transaction mode stands between, and is not made for prepared statements.
    #[error(
        "the pooler between relance and the database gives each transaction another connection and does not carry prepared statements along: \
         set `max_prepared_statements = 200` in PgBouncer 1.21 or later, or `pool_mode = session` in an older one"
    )]
    Pooler,
    /// The schema could not be brought up to date.
    #[error("the database schema could not be brought up to date")]
    Migrate(#[from] sqlx::migrate::MigrateError),
}

/// Opens a pool on a Postgres of version 15 or later. Connections bear the name `relance`
/// unless the address has an `application_name`, speak UTC, give up waiting for a lock after 30 seconds
/// and are closed after 10 idle minutes.
pub async fn connect(url: &str, max_connections: u32) -> Result<PgPool, DbError> {
    let options = PgConnectOptions::from_str(url).map_err(DbError::Address)?;
    let name = options.get_application_name().unwrap_or("relance").to_owned();
    let options = options
        .application_name(&name)
        .options([
            ("TimeZone", "UTC"),
            ("lock_timeout", "30s"),
            ("idle_in_transaction_session_timeout", "5min"),
        ])
        .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(5));
    let at = format!(
        "{}/{}",
        options.get_host(),
        options.get_database().unwrap_or("postgres")
    );
    let pool = PgPoolOptions::new()
        .max_connections(max_connections.max(1))
        .acquire_timeout(Duration::from_secs(30))
        .idle_timeout(Duration::from_secs(600))
        .connect_with(options)
        .await
        .map_err(|source| DbError::Connect {
            at: at.clone(),
            source,
        })?;
    let version = crate::store::server::version(&pool).await;
    let version = version.map_err(|source| {
        if loses_statements(&source) {
            DbError::Pooler
        } else {
            DbError::Connect { at, source }
        }
    })?;
    supported(version)?;
    Ok(pool)
}

static MIGRATIONS: LazyLock<Migrator> = LazyLock::new(|| {
    let mut migrations = sqlx::migrate!("./migrations");
    // Its lock is one of the session: behind a pooler it would stay on a connection that another program gets next.
    migrations.set_locking(false);
    migrations
});

/// Names the lock of those who change the schema: any number that nobody else uses.
const CHANGES_THE_SCHEMA: i64 = 0x0072_656c_616e_6365;

/// Brings the schema up to date. Several programs may call it at once; one does the work.
pub async fn migrate(pool: &PgPool) -> Result<(), DbError> {
    if schema_gap(pool).await.map_err(unable)?.is_none() {
        return Ok(());
    }
    // Held by a transaction, on a connection that does nothing else, for as long as it takes.
    let mut turn = PgConnection::connect_with(&pool.connect_options())
        .await
        .map_err(unable)?;
    let mut held = turn.begin().await.map_err(unable)?;
    let patient = "set local idle_in_transaction_session_timeout = 0; set local lock_timeout = 0";
    held.execute(patient).await.map_err(unable)?;
    sqlx::query("select pg_advisory_xact_lock($1)")
        .bind(CHANGES_THE_SCHEMA)
        .execute(&mut *held)
        .await
        .map_err(unable)?;
    MIGRATIONS.run(pool).await.map_err(|error| match error {
        MigrateError::Execute(error) => unable(error),
        error => DbError::Migrate(error),
    })?;
    held.rollback().await.map_err(unable)
}

/// Why the schema could not be brought up to date.
fn unable(error: sqlx::Error) -> DbError {
    if loses_statements(&error) {
        DbError::Pooler
    } else {
        DbError::Migrate(MigrateError::Execute(error))
    }
}

/// A prepared statement is there that is not ours (42P05), or ours is not (26000): another connection than before.
fn loses_statements(error: &sqlx::Error) -> bool {
    let code = error.as_database_error().and_then(|refusal| refusal.code());
    matches!(code.as_deref(), Some("42P05" | "26000"))
}

/// How the schema differs from the one of this program, if it does. Changes nothing.
pub(crate) async fn schema_gap(pool: &PgPool) -> Result<Option<SchemaGap>, sqlx::Error> {
    let mut connection = pool.acquire().await?;
    let applied = match connection.list_applied_migrations(&MIGRATIONS.table_name).await {
        Ok(applied) => applied,
        // 42P01: there is no such table, an empty database.
        Err(MigrateError::Execute(sqlx::Error::Database(refusal)))
            if refusal.code().as_deref() == Some("42P01") =>
        {
            Vec::new()
        }
        Err(MigrateError::Execute(error)) => return Err(error),
        Err(error) => return Err(sqlx::Error::Migrate(Box::new(error))),
    };
    let applied: BTreeMap<i64, _> = applied
        .into_iter()
        .map(|one| (one.version, one.checksum))
        .collect();
    for known in MIGRATIONS.iter() {
        match applied.get(&known.version) {
            None => return Ok(Some(SchemaGap::Missing(known.version))),
            Some(checksum) if *checksum != known.checksum => {
                return Ok(Some(SchemaGap::Changed(known.version)));
            }
            Some(_) => {}
        }
    }
    let unknown = applied
        .into_keys()
        .find(|version| !MIGRATIONS.version_exists(*version));
    Ok(unknown.map(SchemaGap::Unknown))
}

/// Changes whenever the schema does: 20 hexadecimal digits over all migrations, so that it fits into the name of a database however
/// many there are.
pub fn schema_fingerprint() -> String {
    let mut hash = Sha256::new();
    for migration in MIGRATIONS.iter() {
        hash.update(migration.version.to_be_bytes());
        hash.update(&migration.checksum);
    }
    hash.finalize()
        .iter()
        .take(10)
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// Refuses servers that are too old; `version` as in `server_version_num` (150004 is 15.4).
fn supported(version: i32) -> Result<(), DbError> {
    let major = u32::try_from(version / 10_000).unwrap_or_default();
    if major < OLDEST_SERVER {
        let found = format!("{major}.{}", version % 10_000);
        return Err(DbError::TooOld { found });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fingerprint_of_the_schema_is_short_whatever_the_number_of_migrations() {
        assert_eq!(schema_fingerprint().len(), 20);
    }

    #[test]
    fn each_migration_has_a_number_of_its_own() {
        let mut numbers: Vec<i64> = MIGRATIONS.iter().map(|m| m.version).collect();
        numbers.dedup();
        assert_eq!(numbers.len(), MIGRATIONS.iter().count());
    }

    #[test]
    fn a_server_before_15_is_refused_with_its_version() {
        let error = supported(140_011).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the database server is Postgres 14.11; relance needs Postgres 15 or later"
        );
        assert!(supported(150_000).is_ok());
        assert!(supported(180_001).is_ok());
    }
}

//! What is asked of the server itself, not of a company's data.

use sqlx::{AssertSqlSafe, PgConnection, PgPool};

/// The server's version as a number: 150004 is 15.4.
pub(crate) async fn version(pool: &PgPool) -> Result<i32, sqlx::Error> {
    sqlx::query_scalar!(r#"select current_setting('server_version_num')::int as "version!""#)
        .fetch_one(pool)
        .await
}

/// Whether the server takes writes: it may answer before it has recovered.
pub(crate) async fn is_ready(connection: &mut PgConnection) -> Result<bool, sqlx::Error> {
    let recovering = sqlx::query_scalar!(r#"select pg_is_in_recovery() as "recovering!""#)
        .fetch_one(connection)
        .await?;
    Ok(!recovering)
}

/// Makes a database, unless it is there.
pub(crate) async fn create_database(connection: &mut PgConnection, name: &str) -> Result<(), sqlx::Error> {
    let there = sqlx::query_scalar!(
        r#"select exists (select from pg_database where datname = $1) as "there!""#,
        name
    )
    .fetch_one(&mut *connection)
    .await?;
    if there {
        return Ok(());
    }
    // A name cannot be a parameter; quoted, with quotes doubled, it is nothing but a name.
    let statement = format!("create database \"{}\"", name.replace('"', "\"\""));
    match sqlx::query(AssertSqlSafe(statement)).execute(connection).await {
        // 42P04: another program was faster.
        Err(sqlx::Error::Database(refusal)) if refusal.code().as_deref() == Some("42P04") => Ok(()),
        made => made.map(|_| ()),
    }
}

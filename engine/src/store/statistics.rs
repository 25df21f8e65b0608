//! What the database's planner knows of the tables. It learns by itself, a minute or more after they have grown; a first import and the
//! run that follows it do not wait that long, and without knowledge a review of a few thousand accounts takes minutes.

use sqlx::{AssertSqlSafe, PgPool};

use super::StoreError;

/// Has the planner look at tables that have more than doubled since it last did; gives how many those were. Cheap when none has.
pub async fn keep(pool: &PgPool) -> Result<usize, StoreError> {
    let mut connection = pool.acquire().await?;
    let grown = sqlx::query_scalar!(
        r#"select quote_ident(c.relname) as "name!" from pg_class c
           where c.relnamespace = current_schema()::regnamespace and c.relkind in ('r', 'p')
                 and pg_relation_size(c.oid) / current_setting('block_size')::bigint > 2 * c.relpages + 8"#
    )
    .fetch_all(&mut *connection)
    .await?;
    if grown.is_empty() {
        return Ok(0);
    }
    // Another worker may be looking at them just now: that is good enough.
    let analyze = format!("analyze (skip_locked) {}", grown.join(", "));
    sqlx::query(AssertSqlSafe(analyze))
        .execute(&mut *connection)
        .await?;
    Ok(grown.len())
}

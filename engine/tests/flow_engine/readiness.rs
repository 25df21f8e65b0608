//! Whether a process can do its work, and what it says when it cannot.

use relance_engine::readiness::{self, SchemaGap, Unready};
use sqlx::AssertSqlSafe;

use crate::world::{RULES, World, files};

async fn change(world: &World, statement: &str) {
    sqlx::query(AssertSqlSafe(statement))
        .execute(&world.engine.pool)
        .await
        .unwrap();
}

async fn gap(world: &World) -> Option<SchemaGap> {
    match readiness::check(&world.engine).await {
        Ok(()) => None,
        Err(Unready::Schema(gap)) => Some(gap),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_schema_that_is_older_newer_or_another_one_is_told_with_the_first_migration_that_differs() {
    let world = World::new().await;
    assert_eq!(gap(&world).await, None);
    change(
        &world,
        "insert into _sqlx_migrations (version, description, success, checksum, execution_time)
         values (9999, 'later', true, '', 0)",
    )
    .await;
    assert_eq!(gap(&world).await, Some(SchemaGap::Unknown(9999)));
    change(
        &world,
        "update _sqlx_migrations set checksum = '' where version = 2",
    )
    .await;
    assert_eq!(gap(&world).await, Some(SchemaGap::Changed(2)));
    change(&world, "delete from _sqlx_migrations where version = 1").await;
    assert_eq!(gap(&world).await, Some(SchemaGap::Missing(1)));
    change(&world, "drop table _sqlx_migrations").await;
    assert_eq!(gap(&world).await, Some(SchemaGap::Missing(1)));
}

#[tokio::test]
async fn rules_that_this_version_refuses_make_a_process_unready_until_better_ones_come() {
    let world = World::new().await;
    change(
        &world,
        "update rulebook_revisions set superseded_at = put_in_force_at",
    )
    .await;
    change(
        &world,
        r#"insert into rulebook_revisions (content_hash, files, put_in_force_at, put_in_force_by)
           values (repeat('0', 64), '{"rules.relance": "edition 1789"}', '2026-03-02T08:00Z', 'test')"#,
    )
    .await;
    world.engine.rulebooks.refresh(&world.engine.pool).await.unwrap();
    let why = readiness::check(&world.engine).await.unwrap_err();
    assert!(matches!(why, Unready::Rules(2)), "{why}");
    assert!(why.told().en.contains("revision 2 of the rules"));
    world.put(&files(RULES)).await;
    assert!(readiness::check(&world.engine).await.is_ok());
}

#[tokio::test]
async fn a_database_that_is_away_or_busy_makes_a_process_unready() {
    let world = World::new().await;
    let mut taken = Vec::new();
    for _ in 0..world.engine.pool.options().get_max_connections() {
        taken.push(world.engine.pool.acquire().await.unwrap());
    }
    let why = readiness::check(&world.engine).await.unwrap_err();
    assert!(matches!(why, Unready::Slow), "{why}");
    drop(taken);
    world.engine.pool.close().await;
    let why = readiness::check(&world.engine).await.unwrap_err();
    assert!(matches!(why, Unready::Database(_)), "{why}");
}

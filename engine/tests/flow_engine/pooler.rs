//! Behind a pooler: Debian's PgBouncer between the programs and a real Postgres.

use relance_engine::db::{self, DbError};
use relance_engine::rulebooks::Rulebooks;
use relance_engine::run;
use relance_testkit::TestDb;
use relance_testkit::pooler::{Pooler, Pooling, carries_statements, program};
use sqlx::{AssertSqlSafe, Executor as _};

use crate::world::World;

/// As many connections of Postgres as the workers share.
const FEW: u32 = 3;

/// A connection for each transaction where this PgBouncer can, else one for each client.
async fn pooling() -> Pooling {
    if carries_statements(&program()).await.unwrap() {
        Pooling::Transaction
    } else {
        Pooling::Session
    }
}

#[tokio::test]
async fn behind_a_pooler_several_workers_send_each_message_once() {
    let mut world = World::new().await;
    for number in 1..=20 {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 120_000)
            .await;
    }
    let pooler = Pooler::start(&program(), &world.db.url, pooling().await, FEW)
        .await
        .unwrap();
    // In session mode a client keeps its connection, so it may not want more than there are.
    let pool = db::connect(&pooler.url, FEW).await.unwrap();
    world.engine.rulebooks = Rulebooks::load(&pool, world.engine.webhooks.ways())
        .await
        .unwrap();
    world.engine.pool = pool;
    let (one, other) = (world.engine.clone(), world.engine.clone());
    let (one, other) = tokio::join!(run::until_idle(&one), run::until_idle(&other));
    one.unwrap();
    other.unwrap();
    let mut sent = world.recipients();
    sent.sort();
    let before = sent.len();
    sent.dedup();
    assert_eq!((before, sent.len()), (20, 20));
}

#[tokio::test]
async fn behind_a_pooler_programs_that_start_at_once_make_the_schema_and_leave_no_lock() {
    let db = TestDb::new().await;
    let name = format!("{}_anew", db.url.rsplit('/').next().unwrap());
    let made = format!("create database {name}");
    db.pool.execute(AssertSqlSafe(made)).await.unwrap();
    let pooling = pooling().await;
    // Each may hold one for the lock beside its own.
    let pooler = Pooler::start(&program(), &db.url, pooling, 12).await.unwrap();
    let url = format!("{}/{name}", pooler.url.rsplit_once('/').unwrap().0);
    let start = || async {
        let pool = db::connect(&url, 2).await?;
        db::migrate(&pool).await?;
        pool.close().await;
        Ok::<_, DbError>(())
    };
    let (a, b, c) = tokio::join!(start(), start(), start());
    for done in [a, b, c] {
        done.unwrap();
    }
    let locks: i64 = sqlx::query_scalar(
        "select count(*) from pg_locks l join pg_database d on d.oid = l.database
         where l.locktype = 'advisory' and d.datname = $1",
    )
    .bind(&name)
    .fetch_one(&db.pool)
    .await
    .unwrap();
    assert_eq!(
        locks, 0,
        "a lock would stay with whoever gets the connection next"
    );
    drop(pooler);
    let gone = format!("drop database {name} with (force)");
    db.pool.execute(AssertSqlSafe(gone)).await.unwrap();
}

#[tokio::test]
async fn a_pooler_that_forgets_prepared_statements_is_named_with_what_to_set() {
    let db = TestDb::new().await;
    let pooler = Pooler::start(&program(), &db.url, Pooling::Forgetful, 1)
        .await
        .unwrap();
    // The first finds a connection that has no statements yet.
    let _first = db::connect(&pooler.url, 1).await;
    let error = db::connect(&pooler.url, 1).await.unwrap_err();
    assert!(matches!(error, DbError::Pooler), "{error:?}");
    assert!(
        error.to_string().contains("max_prepared_statements = 200"),
        "{error}"
    );
}

//! Workers that wait for a ring, in a real Postgres.

use std::time::Duration;

use relance_engine::bell::{self, Bell};
use relance_engine::clock::Clock;
use relance_engine::run;
use tokio::sync::oneshot;

use crate::world::World;

/// Longer than a test may take: what happens before was no look of the worker's own.
const NEVER: Duration = Duration::from_secs(3600);

/// Asks again and again until it is so.
async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let asked = async {
        while !holds().await {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(60), asked)
        .await
        .unwrap_or_else(|_| panic!("{what}"));
}

/// Runs two workers that look of themselves after this time, while something is done.
async fn while_working(world: &World, done: impl Future<Output = ()>) {
    let (stop, stopped) = oneshot::channel::<()>();
    let work = run::workers(world.engine.clone(), 2, async {
        let _ = stopped.await;
    });
    let done = async {
        done.await;
        stop.send(()).unwrap();
    };
    tokio::join!(work, done);
}

/// An invoice that has come up to its first reminder.
async fn owe(world: &World, number: &str) {
    let email = format!("{}@customer.example", number.to_lowercase());
    let customer = world.customer(number, &email).await;
    world
        .invoice(customer, &format!("F-{number}"), "2026-02-02", 120_000)
        .await;
}

#[tokio::test]
async fn a_ring_wakes_workers_that_would_not_look_of_themselves() {
    let mut world = World::new().await;
    world.engine.bell = Bell::with_patience(NEVER);
    let world = &world;
    while_working(world, async {
        until("the workers hear the database", async || {
            world.engine.bell.is_heard()
        })
        .await;
        for (count, number) in ["C1", "C2", "C3"].into_iter().enumerate() {
            owe(world, number).await;
            // As another process does, which has its own bell.
            bell::tell(&world.engine.pool).await.unwrap();
            until("the reminder comes", async || {
                world.recipients().len() == count + 1
            })
            .await;
        }
    })
    .await;
}

#[tokio::test]
async fn many_rings_at_once_are_told_once_and_heard_in_this_process_too() {
    let mut world = World::new().await;
    world.engine.bell = Bell::with_patience(NEVER);
    let mut elsewhere = sqlx::postgres::PgListener::connect_with(&world.engine.pool)
        .await
        .unwrap();
    elsewhere.listen("relance_work").await.unwrap();
    for _ in 0..1000 {
        world.engine.bell.ring(&world.engine.pool);
    }
    elsewhere.recv().await.unwrap();
    // What is told later comes later: had there been a second one, it would be before this.
    sqlx::query("select pg_notify('relance_work', 'the last')")
        .execute(&world.engine.pool)
        .await
        .unwrap();
    assert_eq!(elsewhere.recv().await.unwrap().payload(), "the last");
}

#[tokio::test]
async fn what_becomes_due_by_time_alone_needs_no_ring() {
    let mut world = World::new().await;
    world.engine.bell = Bell::with_patience(NEVER);
    world.engine.clock = Clock::System;
    owe(&world, "C1").await;
    sqlx::query("update accounts set next_review_at = 'infinity'")
        .execute(&world.engine.pool)
        .await
        .unwrap();
    let world = &world;
    while_working(world, async {
        until("the workers hear the database", async || {
            world.engine.bell.is_heard()
        })
        .await;
        sqlx::query("update accounts set next_review_at = now() + interval '1 second'")
            .execute(&world.engine.pool)
            .await
            .unwrap();
        // They learn of the moment now, and come back to it by themselves.
        bell::tell(&world.engine.pool).await.unwrap();
        let reviewed = "select count(*) from accounts where reviewed_at is not null";
        until("the account is reviewed", async || {
            world.count(reviewed).await == 1
        })
        .await;
    })
    .await;
}

#[tokio::test]
async fn a_lost_connection_to_the_database_is_listened_on_anew() {
    let mut world = World::new().await;
    world.engine.bell = Bell::with_patience(NEVER);
    let world = &world;
    while_working(world, async {
        until("the workers hear the database", async || {
            world.engine.bell.is_heard()
        })
        .await;
        let listening = "select count(pg_terminate_backend(pid)) from pg_stat_activity
                         where datname = current_database() and query ilike 'listen%'";
        assert_eq!(world.count(listening).await, 1);
        owe(world, "C1").await;
        bell::tell(&world.engine.pool).await.unwrap();
        until("the reminder comes", async || world.recipients().len() == 1).await;
    })
    .await;
}

//! The program dies at the worst moments.

use std::time::Duration;

use relance_engine::deliver;
use relance_engine::engine::Engine;
use relance_engine::media::catcher::Fault;
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::review;

use crate::world::{World, until};

const AP: &str = "ap@customer.example";

async fn overdue() -> World {
    let world = World::new().await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world
}

/// A server that takes connections and says nothing.
async fn mute() -> (tokio::net::TcpListener, Mailer) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let settings = SmtpSettings {
        timeout: Duration::from_secs(60),
        ..SmtpSettings::local(port)
    };
    (listener, Mailer::new(settings).unwrap())
}

#[tokio::test]
async fn killed_between_review_and_delivery_the_next_run_sends_once() {
    let world = overdue().await;
    assert_eq!(review::pass(&world.engine, 10).await.unwrap().actions, 1);
    // Nothing of the first process is left but the store.
    assert_eq!(world.run().await.sent, 1);
    assert_eq!(world.catcher.count(), 1);
}

#[tokio::test]
async fn killed_in_the_middle_of_a_review_nothing_is_written_and_the_next_one_does_it() {
    let world = overdue().await;
    let mut blocker = world.db.pool.begin().await.unwrap();
    sqlx::query("lock table actions in exclusive mode")
        .execute(&mut *blocker)
        .await
        .unwrap();
    let engine = world.engine.clone();
    let reviewing = tokio::spawn(async move { review::pass(&engine, 10).await });
    until(async || world.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()").await > 0).await;
    reviewing.abort();
    assert!(reviewing.await.unwrap_err().is_cancelled());
    blocker.rollback().await.unwrap();
    assert_eq!(world.run().await.sent, 1);
    assert_eq!(world.catcher.count(), 1);
    assert_eq!(world.count("select count(*) from actions").await, 1);
}

#[tokio::test]
async fn killed_when_it_had_begun_to_send_the_message_ends_in_doubt_and_not_twice() {
    let world = overdue().await;
    review::pass(&world.engine, 10).await.unwrap();
    let (_listener, mailer) = mute().await;
    let engine = Engine {
        mailer,
        ..world.engine.clone()
    };
    let lease = chrono::TimeDelta::from_std(engine.mailer.longest()).unwrap() + chrono::TimeDelta::minutes(6);
    let sending = tokio::spawn(async move { deliver::pass(&engine, 10).await });
    until(async || {
        world
            .count("select count(*) from deliveries where state = 'sending' and begun_at is not null")
            .await
            == 1
    })
    .await;
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    assert_eq!(
        world.run().await.sent,
        0,
        "the lease is still good: another worker may be sending"
    );
    world.clock.set(world.now() + lease);
    let totals = world.run().await;
    assert_eq!((totals.in_doubt, totals.sent), (1, 0));
    assert_eq!(world.rows("select kind from tasks").await, ["settle_in_doubt"]);
    assert_eq!(world.catcher.count(), 0);
}

#[tokio::test]
async fn killed_between_send_and_record_the_message_ends_in_doubt_and_is_not_sent_again() {
    let world = overdue().await;
    world.catcher.set_fault(AP, Fault::Slow(Duration::from_secs(60)));
    review::pass(&world.engine, 10).await.unwrap();
    let engine = world.engine.clone();
    let sending = tokio::spawn(async move { deliver::pass(&engine, 10).await });
    until(async || world.catcher.count() == 1).await;
    sending.abort();
    assert!(sending.await.unwrap_err().is_cancelled());
    world.go_to("2026-03-02 09:30");
    assert_eq!(world.run().await.in_doubt, 1);
    world.run_until("2026-03-10").await;
    assert_eq!(world.catcher.count(), 1);
    assert_eq!(world.rows("select state from actions").await, ["in_doubt"]);
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_records_nothing() {
    let world = overdue().await;
    world
        .catcher
        .set_fault(AP, Fault::Slow(Duration::from_millis(1500)));
    review::pass(&world.engine, 10).await.unwrap();
    let engine = world.engine.clone();
    let sending = tokio::spawn(async move { deliver::pass(&engine, 10).await });
    until(async || world.catcher.count() == 1).await;
    // The lease runs out while the answer is on its way; a person is asked, and says that it was not sent and is not to be.
    world.go_to("2026-03-02 10:00");
    let other = Engine {
        worker: "other".to_owned(),
        ..world.engine.clone()
    };
    assert_eq!(deliver::pass(&other, 10).await.unwrap().in_doubt, 1);
    let late = sending.await.unwrap().unwrap();
    assert_eq!(late.sent, 0, "its fence is no longer the row's");
    assert_eq!(world.rows("select state from deliveries").await, ["in_doubt"]);
}

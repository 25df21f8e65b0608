//! The program dies at the worst moments.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use relance_engine::deliver;
use relance_engine::engine::Engine;
use relance_engine::media::catcher::Fault;
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::moments::{Moment, Moments};
use relance_engine::review;
use relance_engine::rules::ids::DeliveryId;
use relance_engine::store::deliveries::{self, Settlement};

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

/// What a worker does that is told of a moment: it dies there, the first time.
fn dies_at(engine: &Engine, at: Moment) -> (Engine, Arc<AtomicBool>) {
    let died = Arc::new(AtomicBool::new(false));
    let told = Arc::clone(&died);
    let moments = Moments::told_to(move |moment| {
        if moment == at {
            told.store(true, Ordering::SeqCst);
            panic!("killed at {moment:?}");
        }
    });
    let engine = Engine {
        moments,
        worker: "mortal".to_owned(),
        ..engine.clone()
    };
    (engine, died)
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_the_others_finish_the_work_and_nothing_is_sent_twice() {
    for moment in Moment::ALL {
        let world = World::new().await;
        for number in 1..=3 {
            let customer = world
                .customer(&format!("C{number}"), &format!("ap{number}@customer.example"))
                .await;
            world
                .invoice(customer, &format!("F{number}"), "2026-02-02", 120_000)
                .await;
        }
        if moment == Moment::ExpiryWritten {
            review::pass(&world.engine, 10).await.unwrap();
            // Another one died before: only then there is something to look after.
            let (mortal, _) = dies_at(&world.engine, Moment::Begun);
            let pass = tokio::spawn(async move { deliver::pass(&mortal, 10).await });
            assert!(pass.await.unwrap_err().is_panic());
            world.go_to("2026-03-02 08:20");
        }
        let (mortal, died) = dies_at(&world.engine, moment);
        let dying = tokio::spawn(async move {
            review::pass(&mortal, 10).await.unwrap();
            deliver::pass(&mortal, 10).await.unwrap();
        });
        // A conversation that breaks off ends its own message, not the worker.
        let ended = dying.await;
        assert!(ended.is_err() || moment == Moment::HandedOver, "{moment:?}");
        assert!(died.load(Ordering::SeqCst), "{moment:?} has come");

        // Others go on when the lease has run out, and a person looks up what is in doubt.
        world.run().await;
        world.clock.set(world.now() + chrono::TimeDelta::minutes(20));
        world.run().await;
        for doubt in world
            .rows("select id::text from deliveries where state = 'in_doubt'")
            .await
        {
            settle_by_the_servers_log(&world, doubt.parse().unwrap()).await;
        }
        world.run().await;
        let mut recipients = world.recipients();
        recipients.sort();
        let all = [
            "ap1@customer.example",
            "ap2@customer.example",
            "ap3@customer.example",
        ];
        assert_eq!(recipients, all, "{moment:?}");
        let sent = "select count(*) from deliveries where state = 'sent'";
        assert_eq!(world.count(sent).await, 3, "{moment:?}");
        let told = "select count(*) from events where kind = 'message_sent'";
        let settled = "select count(*) from tasks where kind = 'settle_in_doubt' and outcome = 'was_sent'";
        assert_eq!(
            world.count(told).await + world.count(settled).await,
            3,
            "{moment:?}"
        );
        let open = "select count(*) from actions where state <> 'done'";
        assert_eq!(world.count(open).await, 0, "{moment:?}");
    }
}

/// As a person does: the mail server's log tells whether it has the message.
async fn settle_by_the_servers_log(world: &World, delivery: i64) {
    let recipient: String = sqlx::query_scalar("select recipient from deliveries where id = $1")
        .bind(delivery)
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    let settlement = if world.recipients().contains(&recipient) {
        Settlement::WasSent
    } else {
        Settlement::Resend
    };
    deliveries::settle_doubt(
        &mut *world.connection().await,
        &world.company,
        DeliveryId(delivery),
        settlement,
        "claire",
        world.now(),
    )
    .await
    .unwrap();
}

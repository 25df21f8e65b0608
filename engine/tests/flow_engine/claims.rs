//! Claims: what a worker takes on, begins, loses and gives back; and who gets a turn.

use std::time::Duration;

use relance_engine::deliver;
use relance_engine::engine::Engine;
use relance_engine::media::catcher::Fault;
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::review;
use relance_engine::rules::ids::DeliveryId;
use relance_engine::store::deliveries::{self, Claim};
use relance_engine::store::stops::{self, Scope};
use relance_testkit::{day, portfolio};

use crate::world::{World, settings, until};

const AP: &str = "ap@customer.example";

/// A world with so many messages in the outbox.
async fn queued(messages: u32) -> World {
    let world = World::new().await;
    for number in 1..=messages {
        let customer = world
            .customer(&format!("C{number}"), &format!("ap{number}@customer.example"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 120_000)
            .await;
    }
    while review::pass(&world.engine, 100).await.unwrap().accounts > 0 {}
    world
}

/// As a worker leaves a message that was killed after its claim and before it began.
async fn claimed(world: &World) -> Claim {
    let (id, fence): (i64, i64) = sqlx::query_as(
        "update deliveries set state = 'sending', fence = fence + 1, leased_until = $1 returning id, fence",
    )
    .bind(world.now() + chrono::TimeDelta::minutes(10))
    .fetch_one(&world.db.pool)
    .await
    .unwrap();
    Claim {
        delivery: DeliveryId(id),
        fence,
    }
}

#[tokio::test]
async fn a_message_that_was_claimed_and_not_begun_is_sent_once_when_its_lease_has_run_out() {
    let world = queued(1).await;
    claimed(&world).await;
    assert_eq!(world.run().await.sent, 0, "the lease is still good");
    world.go_to("2026-03-02 09:00");
    let totals = world.run().await;
    assert_eq!((totals.sent, totals.in_doubt), (1, 0), "nobody needs to ask");
    world.run_until("2026-03-06").await;
    assert_eq!(world.catcher.count(), 1);
    assert_eq!(world.rows("select kind from tasks").await, [""; 0]);
}

#[tokio::test]
async fn a_worker_that_comes_back_late_begins_nothing_that_is_no_longer_its_own() {
    let world = queued(1).await;
    let claim = claimed(&world).await;
    let company = world.company.id;
    let mut connection = world.connection().await;
    let late = world.now() + chrono::TimeDelta::minutes(11);
    let begun = deliveries::begin_handing_over(&mut connection, company, &[claim], late).await;
    assert!(begun.unwrap().is_empty(), "its lease has run out");

    world.clock.set(late);
    assert_eq!(world.run().await.sent, 1, "another worker sends it");
    let begun = deliveries::begin_handing_over(&mut connection, company, &[claim], world.now()).await;
    assert!(begun.unwrap().is_empty(), "it is another one's by now");
    deliveries::release(&mut connection, company, &[claim])
        .await
        .unwrap();
    assert_eq!(world.rows("select state from deliveries").await, ["sent"]);
    assert_eq!(world.catcher.count(), 1);
}

#[tokio::test]
async fn a_message_that_is_called_off_while_it_is_claimed_and_not_begun_does_not_leave() {
    let world = queued(1).await;
    let customer = sqlx::query_scalar("select customer_id from deliveries")
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    claimed(&world).await;
    // Paid between the claim of a worker that died and the end of its lease.
    world
        .pay(relance_engine::rules::ids::CustomerId(customer), "F1", 120_000)
        .await;
    world.go_to("2026-03-02 09:00");
    assert_eq!(world.run().await.in_doubt, 0);
    world.run_until("2026-03-04").await;
    assert_eq!(world.subjects(), ["Thank you"], "no reminder of what is paid");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_gives_back_what_was_claimed_and_not_begun() {
    let world = queued(6).await;
    for number in 1..=6 {
        let slow = Fault::Slow(Duration::from_millis(300));
        world
            .catcher
            .set_fault(&format!("ap{number}@customer.example"), slow);
    }
    let one = SmtpSettings {
        pool: 1,
        ..settings(&world.catcher)
    };
    let engine = Engine {
        mailer: Mailer::new(one).unwrap(),
        ..world.engine.clone()
    };
    let sending = tokio::spawn(async move { deliver::pass(&engine, 100).await.unwrap() });
    until(async || world.catcher.count() == 1).await;
    stops::stop(&world.db.pool, Scope::Everything, "prices", "claire", world.now())
        .await
        .unwrap();
    // With one connection, one message was on its way and one had begun to wait for it.
    let sent = sending.await.unwrap().sent;
    assert!((1..=3).contains(&sent), "{sent} were sent");
    assert_eq!(world.catcher.count(), sent as usize);
    let waiting = "select count(*) from deliveries where state = 'queued' and leased_until is null";
    assert_eq!(world.count(waiting).await, 6 - i64::from(sent));

    let mut connection = world.connection().await;
    stops::resume(&mut connection, Scope::Everything, "claire", world.now())
        .await
        .unwrap();
    assert_eq!(world.run().await.sent, 6 - sent, "at once, without a wait");
    assert_eq!(world.catcher.count(), 6);
}

/// Five accounts of the large company and one of a small one, all due.
async fn large_and_small() -> World {
    let world = World::new().await;
    for number in 1..=5 {
        let customer = world.customer(&format!("C{number}"), AP).await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 120_000)
            .await;
    }
    let mut connection = world.connection().await;
    let small = portfolio::company(&mut connection, "TINY", world.now()).await;
    let theirs = portfolio::customer(&mut connection, &small, "T1", world.now()).await;
    let contact = portfolio::new_contact(theirs, "tiny@customer.example");
    relance_engine::store::contacts::upsert(&mut connection, &small, &contact, world.now())
        .await
        .unwrap();
    portfolio::invoice(
        &mut connection,
        &small,
        theirs,
        "T-1",
        day("2026-02-02"),
        50_000,
        world.now(),
    )
    .await;
    drop(connection);
    world
}

#[tokio::test]
async fn a_small_company_does_not_wait_for_the_end_of_a_large_ones_run() {
    let world = large_and_small().await;
    // A turn of one account and one message each.
    assert_eq!(review::pass(&world.engine, 1).await.unwrap().accounts, 2);
    assert_eq!(deliver::pass(&world.engine, 1).await.unwrap().sent, 2);
    let mut recipients = world.recipients();
    recipients.sort();
    assert_eq!(recipients, [AP, "tiny@customer.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn many_workers_share_a_run_and_each_message_is_sent_once() {
    let world = queued(40).await;
    let workers = (0..4).map(|number| {
        let engine = Engine {
            worker: format!("worker-{number}"),
            ..world.engine.clone()
        };
        tokio::spawn(async move {
            let mut sent = 0;
            loop {
                let delivered = deliver::pass(&engine, 3).await.unwrap();
                sent += delivered.sent;
                if delivered.is_idle() {
                    return sent;
                }
            }
        })
    });
    let mut sent = 0;
    for worker in workers.collect::<Vec<_>>() {
        sent += worker.await.unwrap();
    }
    assert_eq!(sent, 40);
    let mut recipients = world.recipients();
    recipients.sort();
    recipients.dedup();
    assert_eq!((recipients.len(), world.catcher.count()), (40, 40));
}

#[tokio::test]
async fn what_holds_up_one_company_holds_up_no_other() {
    let world = large_and_small().await;
    while review::pass(&world.engine, 100).await.unwrap().accounts > 0 {}
    // Somebody has the gate of the large company for himself, for longer than the worker waits.
    let mut other = world.db.pool.begin().await.unwrap();
    sqlx::query("select company_id from sending_gates where company_id = $1 for update")
        .bind(world.company.id.0)
        .execute(&mut *other)
        .await
        .unwrap();
    let impatient = sqlx::postgres::PgPoolOptions::new().after_connect(|connection, _| {
        Box::pin(async move {
            sqlx::query("set lock_timeout = '200ms'")
                .execute(connection)
                .await
                .map(drop)
        })
    });
    let engine = Engine {
        pool: impatient.connect(&world.db.url).await.unwrap(),
        ..world.engine.clone()
    };
    let error = deliver::pass(&engine, 100).await.unwrap_err();
    assert!(error.is_temporary(), "{error}");
    assert_eq!(world.recipients(), ["tiny@customer.example"]);
    other.rollback().await.unwrap();
    assert_eq!(world.run().await.sent, 5);
}

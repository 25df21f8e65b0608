//! Messages wait for a while after their decision: people recall them, one by one or all, or let them leave at once.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use relance_engine::clock::Clock;
use relance_engine::deliver;
use relance_engine::review;
use relance_engine::rules::ids::DeliveryId;
use relance_engine::run;
use relance_engine::sending::Sending;
use relance_engine::store::StoreError;
use relance_engine::store::deliveries::{self, Recall};
use relance_testkit::{at, day};

use crate::world::{RULES, World, until};

const DELIVERIES: &str = "select concat_ws(' ', state, last_error) from deliveries order by id";

/// A world whose messages wait for a quarter of an hour, with so many decided on Monday, 2026-03-02 at 09:00.
async fn waiting(count: u32) -> World {
    let mut world = World::new().await;
    world.engine.sending = Sending {
        undo: TimeDelta::minutes(15),
        breaker: None,
    };
    for number in 1..=count {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        let invoice = format!("F{number}");
        world.invoice(customer, &invoice, "2026-02-20", 100_000).await;
    }
    assert_eq!(world.run().await.sent, 0, "they wait");
    world
}

async fn ids(world: &World) -> Vec<DeliveryId> {
    let mut connection = world.connection().await;
    deliveries::waiting(&mut connection, world.company.id)
        .await
        .unwrap()
}

async fn recall(world: &World, which: &[DeliveryId], until: NaiveDate) -> Result<u32, StoreError> {
    let why = "wrong price";
    let mut tx = world.db.pool.begin().await.unwrap();
    let recall = Recall { until, why };
    let done = deliveries::recall(&mut tx, &world.company, which, recall, "claire", world.now()).await?;
    tx.commit().await.unwrap();
    Ok(done)
}

#[tokio::test]
async fn a_message_leaves_when_its_time_to_be_recalled_is_over_and_not_before() {
    let world = waiting(2).await;
    world.go_to("2026-03-02 08:14");
    assert_eq!(world.run().await.sent, 0);
    world.go_to("2026-03-02 08:15");
    assert_eq!(world.run().await.sent, 2);
}

#[tokio::test]
async fn what_is_recalled_never_leaves_and_its_step_is_decided_anew_from_the_day_given_on() {
    let world = waiting(2).await;
    let all = ids(&world).await;
    assert_eq!(recall(&world, &all[..1], day("2026-03-05")).await.unwrap(), 1);
    assert_eq!(
        recall(&world, &all[..1], day("2026-03-05")).await.unwrap(),
        0,
        "once"
    );
    for moment in [
        "2026-03-02 08:15",
        "2026-03-03 08:00",
        "2026-03-04 08:00",
        "2026-03-04 08:15",
    ] {
        world.go_to(moment);
        world.run().await;
    }
    assert_eq!(world.recipients(), ["c2@customer.example"]);
    assert_eq!(
        world.rows(DELIVERIES).await,
        ["cancelled recalled by claire: wrong price", "sent"]
    );
    assert_eq!(
        world
            .rows("select concat_ws(' ', kind, from_on, to_on, note, set_by) from holds")
            .await,
        ["manual 2026-03-02 2026-03-05 recalled by claire: wrong price claire"]
    );
    assert_eq!(
        world
            .rows("select concat_ws(' ', data ->> 'why', data ->> 'until', actor) from events where kind = 'message_recalled'")
            .await,
        ["wrong price 2026-03-05 claire"]
    );
    for moment in ["2026-03-05 08:00", "2026-03-05 08:15"] {
        world.go_to(moment);
        world.run().await;
    }
    assert_eq!(world.recipients(), ["c2@customer.example", "c1@customer.example"]);
}

#[tokio::test]
async fn a_recall_until_today_is_refused_and_one_of_what_has_left_changes_nothing() {
    let world = waiting(1).await;
    let all = ids(&world).await;
    let refused = recall(&world, &all, day("2026-03-02")).await.unwrap_err();
    assert!(refused.to_string().contains("2026-03-03"), "{refused}");
    world.go_to("2026-03-02 08:15");
    world.run().await;
    assert_eq!(recall(&world, &all, day("2026-03-05")).await.unwrap(), 0);
    assert_eq!(world.rows(DELIVERIES).await, ["sent"]);
    assert_eq!(world.count("select count(*) from holds").await, 0);
}

#[tokio::test]
async fn of_another_company_nothing_is_recalled() {
    let world = waiting(1).await;
    let all = ids(&world).await;
    let mut other = world.company.clone();
    other.id.0 += 1;
    let mut connection = world.connection().await;
    let recall = Recall {
        until: day("2026-03-05"),
        why: "",
    };
    let now = world.now();
    let done = deliveries::recall(&mut connection, &other, &all, recall, "claire", now).await;
    assert_eq!(done.unwrap(), 0);
    assert_eq!(
        deliveries::send_now(&mut connection, &other, &all, "claire", now)
            .await
            .unwrap(),
        0
    );
    assert_eq!(world.rows(DELIVERIES).await, ["queued"]);
}

#[tokio::test]
async fn what_waits_leaves_at_once_on_a_persons_word() {
    let world = waiting(2).await;
    let all = ids(&world).await;
    let mut connection = world.connection().await;
    for expected in [1, 0] {
        let done = deliveries::send_now(&mut connection, &world.company, &all[1..], "claire", world.now());
        assert_eq!(done.await.unwrap(), expected);
    }
    assert_eq!(world.run().await.sent, 1);
    assert_eq!(world.recipients(), ["c2@customer.example"]);
}

#[tokio::test]
async fn a_run_to_the_end_waits_for_messages_that_can_still_be_recalled_unless_it_is_told_to_stop() {
    let always = "send      every day, 00:00 to 23:59, company time";
    let office = "send      on business days of office, 08:00 to 18:00, company time";
    let rules = RULES
        .replace(office, always)
        .replace("within 2 business days", "within 2 days");
    let mut world = World::with(&rules).await;
    world.engine.sending = Sending {
        undo: TimeDelta::milliseconds(400),
        breaker: None,
    };
    world.engine.clock = Clock::System;
    let customer = world.customer("C1", "c1@customer.example").await;
    world.invoice(customer, "F1", "2026-02-20", 100_000).await;
    let stopped = run::until_all_left(&world.engine, std::future::ready(()));
    assert_eq!(stopped.await.unwrap().sent, 0);
    let ended = run::until_all_left(&world.engine, std::future::pending());
    assert_eq!(ended.await.unwrap().sent, 1);
    assert_eq!(world.recipients(), ["c1@customer.example"]);
}

/// Reads what a message that is decided now may be kept from leaving for.
async fn not_before(world: &World) -> DateTime<Utc> {
    sqlx::query_scalar("select min(not_before) from deliveries")
        .fetch_one(&world.db.pool)
        .await
        .unwrap()
}

#[tokio::test]
async fn while_all_are_recalled_part_by_part_none_leaves() {
    let world = waiting(3).await;
    world.go_to("2026-03-02 08:15");
    let mut connection = world.connection().await;
    deliveries::keep_waiting(&mut connection, world.company.id, world.now())
        .await
        .unwrap();
    assert_eq!(not_before(&world).await, at("2026-03-02 09:15"));
    assert_eq!(world.run().await.sent, 0);
    for one in ids(&world).await {
        assert_eq!(recall(&world, &[one], day("2026-03-03")).await.unwrap(), 1);
    }
    world.go_to("2026-03-02 16:00");
    assert_eq!(world.run().await.sent, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_recalls_against_workers_at_full_speed_each_message_is_either_recalled_or_sent() {
    let world = waiting(40).await;
    while review::pass(&world.engine, 100).await.unwrap().accounts > 0 {}
    world.go_to("2026-03-02 08:15");
    let all = ids(&world).await;
    let workers: Vec<_> = (0..2)
        .map(|_| {
            let engine = world.engine.clone();
            tokio::spawn(async move { while deliver::pass(&engine, 2).await.unwrap().more {} })
        })
        .collect();
    until(async || {
        world
            .count("select count(*) from deliveries where fence > 0")
            .await
            > 0
    })
    .await;
    let mut recalled = 0;
    for part in all.chunks(4).rev() {
        recalled += recall(&world, part, day("2026-03-09")).await.unwrap();
    }
    for worker in workers {
        worker.await.unwrap();
    }
    let mut recipients = world.recipients();
    assert_eq!(recipients.len() + recalled as usize, 40, "{recalled} recalled");
    recipients.sort();
    recipients.dedup();
    assert_eq!(recipients.len() + recalled as usize, 40, "none twice");
    let held = world.count("select count(*) from holds").await;
    assert_eq!(held, i64::from(recalled));
}

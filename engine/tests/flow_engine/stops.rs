//! While the sending is stopped, nothing is claimed: not even by a worker that had already found its messages.

use relance_engine::deliver;
use relance_engine::review;
use relance_engine::store::companies;
use relance_engine::store::contacts;
use relance_engine::store::stops::{self, Scope};
use relance_testkit::{day, portfolio};

use crate::world::{World, until};

/// A world with so many customers, each with an invoice to be reminded of now.
async fn with_due(count: u32) -> World {
    let world = World::new().await;
    for number in 1..=count {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-20", 100_000)
            .await;
    }
    world
}

async fn stop(world: &World, scope: Scope) -> bool {
    stops::stop(&world.db.pool, scope, "prices are wrong", "claire", world.now())
        .await
        .unwrap()
}

async fn resume(world: &World, scope: Scope) -> bool {
    let mut connection = world.connection().await;
    stops::resume(&mut connection, scope, "claire", world.now())
        .await
        .unwrap()
}

const CLAIMED: &str = "select count(*) from deliveries where fence > 0";
const BEGUN: &str = "select count(*) from deliveries where begun_at is not null";

#[tokio::test(flavor = "multi_thread")]
async fn while_the_sending_is_stopped_reviews_go_on_and_nothing_leaves_until_somebody_resumes() {
    let world = with_due(3).await;
    for scope in [Scope::Everything, Scope::Company(world.company.id)] {
        assert!(stop(&world, scope).await);
        assert!(!stop(&world, scope).await, "it was stopped already");
    }
    let totals = world.run().await;
    assert_eq!((totals.accounts, totals.actions, totals.sent), (3, 3, 0));
    assert_eq!(world.count(CLAIMED).await, 0);

    assert!(resume(&world, Scope::Everything).await);
    assert_eq!(
        world.run().await.sent,
        0,
        "the stop of the company is another one"
    );
    assert!(resume(&world, Scope::Company(world.company.id)).await);
    assert!(!resume(&world, Scope::Company(world.company.id)).await);
    assert_eq!(world.run().await.sent, 3);
    assert_eq!(world.recipients().len(), 3);
    assert_eq!(
        world
            .rows("select kind || ' ' || actor || ' ' || data::text from events where kind like 'sending%' order by id")
            .await,
        [
            r#"sending_stopped claire {"why": "prices are wrong", "everything": true}"#,
            r#"sending_stopped claire {"why": "prices are wrong", "everything": false}"#,
            r#"sending_resumed claire {"everything": true}"#,
            r#"sending_resumed claire {"everything": false}"#,
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_still_waits_when_its_window_closes_is_called_off_although_the_sending_is_stopped() {
    let world = with_due(1).await;
    stop(&world, Scope::Everything).await;
    world.run().await;
    world.go_to("2026-03-02 17:30");
    let totals = world.run().await;
    assert_eq!((totals.sent, totals.cancelled), (0, 1));
    assert_eq!(
        world
            .rows("select data ->> 'why' from events where kind = 'message_called_off'")
            .await,
        ["the sending window has closed"]
    );
    world.go_to("2026-03-03 08:00");
    resume(&world, Scope::Everything).await;
    assert_eq!(world.run().await.sent, 1, "decided anew for the next day");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_of_one_company_lets_the_others_send() {
    let world = with_due(1).await;
    let mut connection = world.connection().await;
    companies::upsert(&mut connection, &portfolio::new_company("AUTR"), world.now())
        .await
        .unwrap();
    let other = companies::by_code(&mut connection, "AUTR")
        .await
        .unwrap()
        .unwrap();
    let customer = portfolio::customer(&mut connection, &other, "X1", world.now()).await;
    contacts::upsert(
        &mut connection,
        &other,
        &portfolio::new_contact(customer, "x1@other.example"),
        world.now(),
    )
    .await
    .unwrap();
    portfolio::invoice(
        &mut connection,
        &other,
        customer,
        "X-1",
        day("2026-02-20"),
        50_000,
        world.now(),
    )
    .await;
    drop(connection);
    stop(&world, Scope::Company(world.company.id)).await;
    world.run().await;
    assert_eq!(world.recipients(), ["x1@other.example"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_that_is_committed_after_a_worker_found_its_messages_keeps_it_from_claiming_them() {
    let world = with_due(4).await;
    while review::pass(&world.engine, 100).await.unwrap().accounts > 0 {}
    // The worker finds its messages, then waits at the gate, which another transaction has for itself.
    let mut other = world.db.pool.begin().await.unwrap();
    sqlx::query("select company_id from sending_gates for update")
        .execute(&mut *other)
        .await
        .unwrap();
    let engine = world.engine.clone();
    let passing = tokio::spawn(async move { deliver::pass(&engine, 100).await.unwrap() });
    until(async || world.count(WAITING).await == 1).await;

    let (pool, now) = (world.db.pool.clone(), world.now());
    let stopping = tokio::spawn(async move {
        stops::stop(&pool, Scope::Everything, "wrong", "claire", now)
            .await
            .unwrap()
    });
    until(async || world.count(WAITING).await == 2).await;
    other.commit().await.unwrap();
    assert!(stopping.await.unwrap());
    assert!(passing.await.unwrap().is_idle());
    assert_eq!(world.count(CLAIMED).await, 0);
    assert!(world.recipients().is_empty());
}

const WAITING: &str =
    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";

#[tokio::test(flavor = "multi_thread")]
async fn a_stop_waits_for_claims_under_way_and_no_claim_begins_behind_its_back() {
    let world = with_due(1).await;
    let mut claiming = world.db.pool.begin().await.unwrap();
    assert_eq!(stops::hold(&mut claiming, world.company.id).await.unwrap(), None);
    let (pool, now) = (world.db.pool.clone(), world.now());
    let stopping = tokio::spawn(async move {
        stops::stop(&pool, Scope::Everything, "wrong", "claire", now)
            .await
            .unwrap()
    });
    until(async || world.count(WAITING).await == 1).await;
    assert!(!stopping.is_finished(), "a claim is under way");
    let mut next = world.db.pool.begin().await.unwrap();
    let seen = stops::hold(&mut next, world.company.id).await.unwrap();
    assert_eq!(seen.unwrap().why, "wrong", "the next claim knows");
    next.rollback().await.unwrap();
    claiming.commit().await.unwrap();
    assert!(stopping.await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn once_a_stop_has_answered_workers_at_full_speed_claim_and_begin_nothing_more() {
    let world = with_due(40).await;
    while review::pass(&world.engine, 100).await.unwrap().accounts > 0 {}
    let workers: Vec<_> = (0..3)
        .map(|_| {
            let engine = world.engine.clone();
            tokio::spawn(async move { while deliver::pass(&engine, 2).await.unwrap().more {} })
        })
        .collect();
    until(async || world.count(CLAIMED).await > 0).await;
    stop(&world, Scope::Company(world.company.id)).await;
    let (claimed, begun) = (world.count(CLAIMED).await, world.count(BEGUN).await);
    for worker in workers {
        worker.await.unwrap();
    }
    assert_eq!(world.count(CLAIMED).await, claimed);
    let left = i64::try_from(world.recipients().len()).unwrap();
    assert_eq!(left, begun, "what had not begun to leave is given back");
}

//! Messages that may have left, or not: never guessed, settled by a person.

use relance_engine::media::catcher::Fault;
use relance_engine::rules::ids::DeliveryId;
use relance_engine::store::StoreError;
use relance_engine::store::deliveries::{Settlement, settle_doubt};
use relance_engine::store::tasks::{self, TaskOutcome};

use crate::world::World;

const AP: &str = "ap@customer.example";

async fn in_doubt() -> World {
    let world = World::new().await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.catcher.set_fault(AP, Fault::CutAfterFinal(1));
    assert_eq!(world.run().await.in_doubt, 1);
    world
}

async fn close(world: &World, outcome: TaskOutcome) {
    let task = world.open_task("settle_in_doubt").await;
    let mut connection = world.connection().await;
    tasks::close(
        &mut connection,
        &world.company,
        task,
        outcome,
        "asked them",
        "anna",
        world.now(),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_connection_cut_after_the_final_dot_is_in_doubt_and_nothing_goes_on_by_itself() {
    let world = in_doubt().await;
    world.run_until("2026-03-20").await;
    assert_eq!(
        world.catcher.count(),
        1,
        "neither sent again nor followed by the next level"
    );
    assert_eq!(world.rows("select state from deliveries").await, ["in_doubt"]);
    assert_eq!(world.rows("select state from actions").await, ["in_doubt"]);
    assert_eq!(
        world.rows("select title from tasks").await,
        ["Did this message to ap@customer.example leave?"]
    );
}

#[tokio::test]
async fn was_sent_counts_from_the_moment_of_the_doubt() {
    let world = in_doubt().await;
    world.go_to("2026-03-05 08:00");
    close(&world, TaskOutcome::WasSent).await;
    world.run_until("2026-03-09").await;
    assert_eq!(world.catcher.count(), 1);
    assert_eq!(
        world
            .rows("select kind || ' ' || state from tasks order by id")
            .await,
        ["settle_in_doubt done", "call open"]
    );
    assert_eq!(
        world.rows("select sent_at::date::text from deliveries").await,
        ["2026-03-02"]
    );
}

#[tokio::test]
async fn resend_sends_it_once_more_with_the_same_message_id() {
    let world = in_doubt().await;
    close(&world, TaskOutcome::Resend).await;
    assert_eq!(world.run().await.sent, 1);
    let caught = world.catcher.messages();
    let ids: Vec<_> = caught
        .iter()
        .map(|mail| crate::world::parsed(&mail.data).message_id().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1], "a mail server that got both shows one");
    assert_eq!(world.rows("select state from actions").await, ["done"]);
}

#[tokio::test]
async fn a_paid_invoice_is_not_sent_again_although_resend_was_asked_for() {
    let world = in_doubt().await;
    let customer = relance_engine::rules::ids::CustomerId(world.count("select id from customers").await);
    close(&world, TaskOutcome::Resend).await;
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    let states = world.rows("select state || ' ' || (select step from actions a where a.id = action_id) from deliveries order by id").await;
    assert_eq!(states[0], "cancelled reminder");
}

#[tokio::test]
async fn drop_sends_nothing_and_the_next_level_comes_in_its_time() {
    let world = in_doubt().await;
    close(&world, TaskOutcome::Drop).await;
    world.run_until("2026-03-09").await;
    assert_eq!(world.catcher.count(), 1);
    assert_eq!(
        world
            .rows("select step || ' ' || state from actions order by id")
            .await,
        ["reminder done", "call pending"]
    );
}

#[tokio::test]
async fn only_a_message_in_doubt_can_be_settled_and_only_once() {
    let world = in_doubt().await;
    let mut connection = world.connection().await;
    let id = DeliveryId(world.count("select id from deliveries").await);
    settle_doubt(
        &mut connection,
        &world.company,
        id,
        Settlement::WasSent,
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    let again = settle_doubt(
        &mut connection,
        &world.company,
        id,
        Settlement::Resend,
        "anna",
        world.now(),
    )
    .await;
    assert!(matches!(again, Err(StoreError::Conflict { .. })));
    assert_eq!(world.rows("select outcome from tasks").await, ["was_sent"]);
    let unknown = settle_doubt(
        &mut connection,
        &world.company,
        DeliveryId(999),
        Settlement::Drop,
        "anna",
        world.now(),
    )
    .await;
    assert!(matches!(unknown, Err(StoreError::NotFound { .. })));
}

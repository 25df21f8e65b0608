//! Calls, and tasks that are no longer needed.

use relance_engine::store::StoreError;
use relance_engine::store::tasks::{self, TaskOutcome};

use crate::world::World;

async fn to_be_called() -> World {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run_until("2026-03-09").await;
    world.open_task("call").await;
    world
}

#[tokio::test]
async fn a_call_is_called_off_when_the_invoice_is_paid() {
    let world = to_be_called().await;
    let customer = relance_engine::rules::ids::CustomerId(world.count("select id from customers").await);
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    assert_eq!(world.rows("select state from tasks").await, ["cancelled"]);
    assert_eq!(
        world.rows("select state from actions where kind = 'call'").await,
        ["cancelled"]
    );
    assert_eq!(
        world
            .count("select count(*) from events where kind = 'task_called_off'")
            .await,
        1
    );
}

#[tokio::test]
async fn an_open_call_stays_overnight_and_under_new_rules() {
    let world = to_be_called().await;
    world.go_to("2026-03-09 22:00");
    world.run().await;
    world
        .put(&crate::world::files(
            &crate::world::RULES.replace("Final reminder", "Very last reminder"),
        ))
        .await;
    world.run().await;
    world.go_to("2026-03-10 08:00");
    world.run().await;
    assert_eq!(world.rows("select state from tasks").await, ["open"]);
}

#[tokio::test]
async fn a_task_is_closed_once_and_with_an_outcome_of_its_kind() {
    let world = to_be_called().await;
    let task = world.open_task("call").await;
    let mut connection = world.connection().await;
    let wrong = tasks::close(
        &mut connection,
        &world.company,
        task,
        TaskOutcome::Resend,
        "",
        "anna",
        world.now(),
    )
    .await;
    assert!(matches!(wrong, Err(StoreError::Conflict { .. })), "{wrong:?}");
    tasks::close(
        &mut connection,
        &world.company,
        task,
        TaskOutcome::Reached,
        "pays on Friday",
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    let again = tasks::close(
        &mut connection,
        &world.company,
        task,
        TaskOutcome::Reached,
        "",
        "ben",
        world.now(),
    )
    .await;
    assert!(matches!(again, Err(StoreError::Conflict { .. })));
    assert_eq!(
        world
            .rows("select concat_ws(' ', outcome, note, closed_by) from tasks")
            .await,
        ["reached pays on Friday anna"]
    );
    assert_eq!(
        world
            .rows("select state || ' ' || outcome from actions where kind = 'call'")
            .await,
        ["done reached"]
    );
}

//! Approvals that nobody gives: they expire, nothing is sent, and a person decides what becomes of the step.

use relance_engine::rules::ids::CustomerId;
use relance_engine::store::tasks::{self, TaskOutcome};

use crate::world::{RULES, World};

/// An invoice of 1,200 EUR whose first reminder was asked for on Monday, 2026-03-02, and can be approved until Friday.
async fn asked() -> (World, CustomerId) {
    let acts = "{ email template reminder; approve by credit_manager within 4 days }";
    let world = World::with(&RULES.replace("{ email template reminder }", acts)).await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    (world, customer)
}

async fn close(world: &World, kind: &str, outcome: TaskOutcome) {
    let task = world.open_task(kind).await;
    let mut connection = world.connection().await;
    let now = world.now();
    tasks::close(&mut connection, &world.company, task, outcome, "", "anna", now)
        .await
        .unwrap();
    drop(connection);
    world.run().await;
}

const TASKS: &str = "select concat_ws(' ', kind, state, title, assign_role, due_on) from tasks order by id";

#[tokio::test]
async fn what_nobody_answers_expires_with_a_task_an_event_and_a_reason() {
    let (world, _) = asked().await;
    world.run_until("2026-03-06").await;
    assert_eq!(
        world.rows(TASKS).await,
        ["approval open Approve: Reminder credit_manager 2026-03-06"]
    );
    world.run_until("2026-03-07").await;
    assert_eq!(
        world.rows(TASKS).await,
        [
            "approval cancelled Approve: Reminder credit_manager 2026-03-06",
            "expired_approval open Approval expired: Reminder cfo 2026-03-07",
        ]
    );
    assert_eq!(world.rows("select state from actions").await, ["expired"]);
    assert_eq!(
        world
            .rows("select concat_ws(' ', data ->> 'title', data ->> 'role', data ->> 'until', actor) from events where kind = 'approval_expired'")
            .await,
        ["Reminder credit_manager 2026-03-06 engine"]
    );
    let [reasons] = world
        .rows("select reasons::text from positions")
        .await
        .try_into()
        .unwrap();
    assert!(reasons.contains("approval_expired"), "{reasons}");
    world.run_until("2026-06-30").await;
    assert!(world.recipients().is_empty(), "silence sends nothing");
    assert_eq!(world.count("select count(*) from tasks").await, 2, "asked once");
}

#[tokio::test]
async fn what_expired_is_asked_for_again_on_a_persons_word() {
    let (world, _) = asked().await;
    world.run_until("2026-03-09").await;
    close(&world, "expired_approval", TaskOutcome::AskAgain).await;
    assert_eq!(
        world
            .rows("select due_on::text from tasks where state = 'open' and kind = 'approval'")
            .await,
        ["2026-03-13"]
    );
    close(&world, "approval", TaskOutcome::Approved).await;
    assert_eq!(world.recipients(), ["ap@customer.example"]);
}

#[tokio::test]
async fn what_is_approved_late_tells_the_amounts_of_the_moment() {
    let (world, customer) = asked().await;
    world.run_until("2026-03-09").await;
    world.pay(customer, "F1", 20_000).await;
    world.run().await;
    close(&world, "expired_approval", TaskOutcome::Approved).await;
    assert_eq!(world.recipients(), ["ap@customer.example"]);
    let [text] = world
        .rows("select body_text from deliveries")
        .await
        .try_into()
        .unwrap();
    assert!(
        text.contains("1,000.00") && !text.contains("1,200.00\n"),
        "{text}"
    );
}

#[tokio::test]
async fn what_expired_and_was_paid_meanwhile_is_not_sent_and_nobody_need_look_at_it() {
    let (world, customer) = asked().await;
    world.run_until("2026-03-09").await;
    world.pay(customer, "F1", 120_000).await;
    world.run_until("2026-03-20").await;
    assert_eq!(
        world.rows("select state from tasks order by id").await,
        ["cancelled", "cancelled"]
    );
    assert!(
        !world
            .subjects()
            .iter()
            .any(|subject| subject.starts_with("Invoice"))
    );
}

#[tokio::test]
async fn what_expired_can_be_refused_and_is_asked_for_again_after_thirty_days() {
    let (world, _) = asked().await;
    world.run_until("2026-03-09").await;
    close(&world, "expired_approval", TaskOutcome::Refused).await;
    world.run_until("2026-04-07").await;
    assert_eq!(
        world
            .count("select count(*) from tasks where state = 'open'")
            .await,
        0
    );
    world.run_until("2026-04-08").await;
    world.open_task("approval").await;
    assert!(world.recipients().is_empty());
}

//! Tasks of the rules, letters sent by hand, approvals, and cases handed over.

use relance_engine::rules::ids::CustomerId;
use relance_engine::store::tasks::{self, TaskOutcome};

use crate::world::{RULES, World};

/// The plain rules, in which level 1 does something else.
fn with_level_1(acts: &str) -> String {
    RULES.replace("{ email template reminder }", acts)
}

async fn due_today(rules: &str) -> (World, CustomerId) {
    let world = World::with(rules).await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    (world, customer)
}

async fn close(world: &World, kind: &str, outcome: TaskOutcome) {
    let task = world.open_task(kind).await;
    let mut connection = world.connection().await;
    tasks::close(
        &mut connection,
        &world.company,
        task,
        outcome,
        "",
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    drop(connection);
    world.run().await;
}

#[tokio::test]
async fn a_mail_leaves_after_somebody_has_approved_it() {
    let (world, _) = due_today(&with_level_1(
        "{ email template reminder; approve by credit_manager }",
    ))
    .await;
    assert!(world.recipients().is_empty());
    assert_eq!(
        world
            .rows("select concat_ws(' ', kind, title, assign_role, due_on) from tasks")
            .await,
        ["approval Approve: Reminder credit_manager 2026-03-04"]
    );
    close(&world, "approval", TaskOutcome::Approved).await;
    assert_eq!(world.recipients(), ["ap@customer.example"]);
    world.run_until("2026-03-10").await;
    assert_eq!(
        world
            .count("select count(*) from tasks where kind = 'approval'")
            .await,
        1
    );
    world.open_task("call").await;
}

#[tokio::test]
async fn what_was_refused_does_not_leave() {
    let (world, _) = due_today(&with_level_1(
        "{ email template reminder; approve by credit_manager }",
    ))
    .await;
    close(&world, "approval", TaskOutcome::Refused).await;
    world.run_until("2026-03-31").await;
    assert!(world.recipients().is_empty());
    assert_eq!(world.count("select count(*) from tasks").await, 1);
    world.run_until("2026-04-01").await;
    world.open_task("approval").await;
}

#[tokio::test]
async fn a_letter_is_written_for_a_person_who_sends_it() {
    let (world, customer) = due_today(&with_level_1("{ registered letter template reminder }")).await;
    let letters =
        "select title || ' ' || state || ' ' || script from tasks where kind = 'by_hand' order by id";
    let [letter] = world.rows(letters).await.try_into().unwrap();
    assert!(
        letter.starts_with("Reminder (registered letter) open Invoice to be paid"),
        "{letter}"
    );
    assert!(letter.contains("1,200.00"), "{letter}");
    world.pay(customer, "F1", 20_000).await;
    world.run().await;
    let [old, new] = world.rows(letters).await.try_into().unwrap();
    assert!(old.contains("cancelled"), "{old}");
    assert!(new.contains("open") && new.contains("1,000.00"), "{new}");
    close(&world, "by_hand", TaskOutcome::Sent).await;
    assert_eq!(
        world
            .rows("select kind || ' ' || state from actions order by id")
            .await,
        ["by_hand cancelled", "by_hand done"]
    );
    world.run_until("2026-03-09").await;
    world.open_task("call").await;
}

#[tokio::test]
async fn a_letter_that_was_not_sent_comes_again_and_is_withdrawn_when_all_is_paid() {
    let (world, customer) = due_today(&with_level_1("{ letter template reminder }")).await;
    close(&world, "by_hand", TaskOutcome::Other).await;
    assert_eq!(
        world
            .count("select count(*) from tasks where state = 'open'")
            .await,
        0,
        "not on the same day"
    );
    world.run_until("2026-03-03").await;
    world.open_task("by_hand").await;
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    assert_eq!(
        world.rows("select state from tasks order by id").await,
        ["done", "cancelled"]
    );
}

#[tokio::test]
async fn a_sent_letter_counts_for_the_limit() {
    let rules = with_level_1("{ letter template reminder }")
        .replace("  hold      while", "  limit 1 message per 10 days\n  hold while");
    let (world, _) = due_today(&rules).await;
    close(&world, "by_hand", TaskOutcome::Sent).await;
    world.run_until("2026-03-09").await;
    close(&world, "call", TaskOutcome::Reached).await;
    let customer = CustomerId(world.count("select id from customers").await);
    world.invoice(customer, "F2", "2026-03-01", 50_000).await;
    world.run_until("2026-03-11").await;
    assert_eq!(
        world
            .count("select count(*) from tasks where kind = 'by_hand'")
            .await,
        1
    );
    world.run_until("2026-03-12").await;
    world.open_task("by_hand").await;
}

#[tokio::test]
async fn a_task_of_the_rules_is_carried_out_when_it_is_closed() {
    let (world, _) = due_today(&with_level_1(
        "{ task call \"Look into it\" assign collector within 1 business day }",
    ))
    .await;
    assert_eq!(
        world
            .rows("select concat_ws(' ', kind, title, script, due_on) from tasks")
            .await,
        ["task Look into it Ask ap about EUR 1,200.00.\n 2026-03-03"]
    );
    close(&world, "task", TaskOutcome::Done).await;
    world.run_until("2026-03-09").await;
    world.open_task("call").await;
}

#[tokio::test]
async fn a_case_that_was_handed_over_is_left_alone() {
    let rules = with_level_1("{ email template reminder }").replace(
        "{ email template final }",
        "{ email template final }\n    then after 5 days { hand over to legal; approve by cfo }",
    );
    let (world, _) = due_today(&rules).await;
    world.run_until("2026-03-09").await;
    close(&world, "call", TaskOutcome::Reached).await;
    world.run_until("2026-03-23").await;
    close(&world, "approval", TaskOutcome::Approved).await;
    close(&world, "hand_over", TaskOutcome::Done).await;
    world.run_until("2026-06-01").await;
    assert_eq!(world.recipients().len(), 2);
    let reasons = world.rows("select reasons::text from positions").await;
    assert!(reasons[0].contains("handed_over"), "{reasons:?}");
    assert_eq!(
        world
            .count("select count(*) from tasks where state = 'open'")
            .await,
        0
    );
}

//! What servers answer, and what follows from it.

use relance_engine::media::catcher::{Fault, Mood};
use relance_engine::store::tasks::{self, TaskOutcome};

use crate::world::World;

const AP: &str = "ap@customer.example";

async fn overdue() -> World {
    let world = World::new().await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world
}

#[tokio::test]
async fn a_permanent_refusal_marks_the_contact_and_the_next_one_is_written_to() {
    let world = World::new().await;
    let customer = world.customer("C1", "boss@customer.example").await;
    world.contact(customer, AP, Some("accounts_payable")).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.catcher.set_fault(AP, Fault::Reject5xx);
    let totals = world.run().await;
    assert_eq!((totals.failed, totals.sent), (1, 1));
    assert_eq!(world.recipients(), ["boss@customer.example"]);
    let note = "select email_state || ': ' || email_note from contacts where email like 'ap@%'";
    assert_eq!(
        world.rows(note).await,
        ["bounced: 550 5.1.1 there is no such mailbox"]
    );
    assert_eq!(
        world.rows("select state from actions order by id").await,
        ["failed", "done"]
    );
}

#[tokio::test]
async fn when_nobody_can_be_written_to_one_task_asks_for_an_address() {
    let world = overdue().await;
    world.catcher.set_fault(AP, Fault::Reject5xx);
    world.run_until("2026-03-10").await;
    assert!(world.recipients().is_empty());
    assert_eq!(
        world.rows("select kind || ' ' || state from tasks").await,
        ["fix_contact open"]
    );
}

#[tokio::test]
async fn an_address_put_right_lets_the_reminder_go_on() {
    let world = overdue().await;
    world.catcher.set_fault(AP, Fault::Reject5xx);
    world.run_until("2026-03-03").await;
    let task = world.open_task("fix_contact").await;
    let mut connection = world.connection().await;
    let contact: i64 = sqlx::query_scalar("select id from contacts")
        .fetch_one(&mut *connection)
        .await
        .unwrap();
    relance_engine::store::contacts::set_email(
        &mut connection,
        &world.company,
        relance_engine::rules::ids::ContactId(contact),
        "new@customer.example",
        world.now(),
    )
    .await
    .unwrap();
    tasks::close(
        &mut connection,
        &world.company,
        task,
        TaskOutcome::Fixed,
        "by phone",
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    drop(connection);
    world.run().await;
    assert_eq!(world.recipients(), ["new@customer.example"]);
}

#[tokio::test]
async fn a_task_for_an_address_is_called_off_when_an_import_brings_one() {
    let world = overdue().await;
    world.catcher.set_fault(AP, Fault::Reject5xx);
    world.run_until("2026-03-03").await;
    let customer = relance_engine::rules::ids::CustomerId(world.count("select id from customers").await);
    world
        .contact(customer, "payables@customer.example", Some("accounts_payable"))
        .await;
    world.run().await;
    assert_eq!(world.recipients(), ["payables@customer.example"]);
    assert_eq!(
        world.rows("select kind || ' ' || state from tasks").await,
        ["fix_contact cancelled"]
    );
}

#[tokio::test]
async fn a_temporary_refusal_is_tried_again_later_and_then_goes_through() {
    let world = overdue().await;
    world.catcher.set_fault(AP, Fault::Reject4xx(2));
    assert_eq!(world.run().await.retried, 1);
    assert_eq!(world.run().await.retried, 0, "not before a minute has passed");
    world.go_to("2026-03-02 08:01");
    assert_eq!(world.run().await.retried, 1);
    world.go_to("2026-03-02 08:02");
    assert_eq!(world.run().await.sent, 0, "now two minutes are to be waited");
    world.go_to("2026-03-02 08:03");
    assert_eq!(world.run().await.sent, 1);
    assert_eq!(world.recipients(), [AP]);
    assert_eq!(world.rows("select attempts::text from deliveries").await, ["3"]);
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_is_no_customers_fault() {
    let world = overdue().await;
    for mood in [Mood::RefusesConnections, Mood::RefusesLogin, Mood::RefusesSender] {
        world.catcher.set_mood(mood);
        let totals = world.run().await;
        assert_eq!(
            (totals.retried, totals.failed, totals.in_doubt),
            (1, 0, 0),
            "{mood:?}"
        );
        world.clock.set(world.now() + chrono::TimeDelta::minutes(5));
    }
    assert_eq!(world.rows("select email_state from contacts").await, ["usable"]);
    assert_eq!(
        world
            .rows("select state || ' ' || attempts from deliveries")
            .await,
        ["queued 0"]
    );
    world.catcher.set_mood(Mood::Good);
    assert_eq!(world.run().await.sent, 1);
}

#[tokio::test]
async fn a_connection_cut_before_the_message_began_is_tried_again() {
    let world = overdue().await;
    world.catcher.set_fault(AP, Fault::CutAtData(1));
    assert_eq!(world.run().await.retried, 1);
    world.go_to("2026-03-02 08:05");
    assert_eq!(world.run().await.sent, 1);
    assert_eq!(world.catcher.count(), 1);
}

#[tokio::test]
async fn a_message_that_is_refused_for_its_contents_is_tried_again_and_blames_no_address() {
    let world = overdue().await;
    world.catcher.set_fault(AP, Fault::RejectMessage);
    let totals = world.run().await;
    assert_eq!((totals.failed, totals.retried, totals.in_doubt), (0, 1, 0));
    assert_eq!(world.rows("select email_state from contacts").await, ["usable"]);
    assert_eq!(
        world.rows("select last_error from deliveries").await,
        ["554 5.6.0 this message is not taken"]
    );
}

#[tokio::test]
async fn connections_are_kept_and_a_dead_one_is_replaced_without_a_trace() {
    let world = World::new().await;
    for number in 0..3 {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 10_000)
            .await;
    }
    world
        .catcher
        .set_fault("c0@customer.example", Fault::CutAtData(1));
    world.run().await;
    world.go_to("2026-03-02 09:00");
    world.run().await;
    assert_eq!(world.catcher.count(), 3);
    assert_eq!(
        world.rows("select distinct state from deliveries").await,
        ["sent"]
    );
}

//! One account that cannot be decided does not stop the others.

use relance_engine::store::tasks;

use crate::world::World;

#[tokio::test]
async fn an_account_with_unreadable_data_gets_its_trouble_and_the_others_are_served() {
    let world = World::new().await;
    for number in 0..3 {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 10_000)
            .await;
    }
    sqlx::query("update customers set time_zone = 'Mars/Olympus' where number = 'C1'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    let totals = world.run().await;
    assert_eq!(totals.sent, 2);
    let trouble = world
        .rows("select trouble from accounts where trouble is not null")
        .await;
    assert!(trouble[0].contains("Mars/Olympus"), "{trouble:?}");
    assert_eq!(
        world.rows("select kind || ' ' || state from tasks").await,
        ["attention open"]
    );
    world.run_until("2026-03-04").await;
    assert_eq!(
        world.count("select count(*) from tasks").await,
        1,
        "one task, not one a day"
    );
    let task = world.open_task("attention").await;
    let mut connection = world.connection().await;
    let (fixed, now) = (tasks::TaskOutcome::Fixed, world.now());
    tasks::close(&mut connection, &world.company, task, fixed, "", "anna", now)
        .await
        .unwrap();
    world.run().await;
    assert_eq!(
        world.count("select count(*) from tasks").await,
        1,
        "not at each look"
    );
    world.run_until("2026-03-05").await;
    assert_eq!(
        world.count("select count(*) from tasks").await,
        2,
        "nobody put it right: asked for again on the next day"
    );
    sqlx::query("update customers set time_zone = null where number = 'C1'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    world.run_until("2026-03-06").await;
    assert_eq!(
        world
            .count("select count(*) from accounts where trouble is not null")
            .await,
        0
    );
    assert!(world.recipients().contains(&"c1@customer.example".to_owned()));
}

#[tokio::test]
async fn a_message_that_cannot_be_read_is_set_apart_and_the_others_leave() {
    let world = World::new().await;
    for number in 0..3 {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 10_000)
            .await;
    }
    relance_engine::review::pass(&world.engine, 100).await.unwrap();
    sqlx::query(
        "update actions set detail = '{}' where customer_id = (select id from customers where number = 'C1')",
    )
    .execute(&world.db.pool)
    .await
    .unwrap();
    let delivered = relance_engine::deliver::pass(&world.engine, 100).await.unwrap();
    assert_eq!((delivered.sent, delivered.retried), (2, 1));
    assert!(!world.recipients().contains(&"c1@customer.example".to_owned()));
    assert_eq!(
        world.rows("select kind || ' ' || state from tasks").await,
        ["attention open"]
    );
}

#[tokio::test]
async fn a_company_with_an_impossible_sender_keeps_its_messages_until_it_is_put_right() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 10_000).await;
    sqlx::query("update companies set sender = 'nobody'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    let totals = world.run().await;
    assert_eq!((totals.sent, totals.retried), (0, 1));
    assert!(world.rows("select last_error from deliveries").await[0].contains("`nobody` is not a mailbox"));
    sqlx::query("update companies set sender = 'a@b.example'")
        .execute(&world.db.pool)
        .await
        .unwrap();
    world.go_to("2026-03-02 08:05");
    assert_eq!(world.run().await.sent, 1);
}

#[tokio::test]
async fn an_address_that_is_none_counts_as_refused() {
    let world = World::new().await;
    let customer = world.customer("C1", "not an address@@nowhere").await;
    world.invoice(customer, "F1", "2026-02-02", 10_000).await;
    assert_eq!(world.run().await.failed, 1);
    assert_eq!(world.rows("select email_state from contacts").await, ["bounced"]);
    world.run_until("2026-03-03").await;
    assert_eq!(world.rows("select kind from tasks").await, ["fix_contact"]);
}

#[tokio::test]
async fn without_a_rulebook_nothing_happens() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 10_000).await;
    sqlx::query("update rulebook_revisions set superseded_at = put_in_force_at")
        .execute(&world.db.pool)
        .await
        .unwrap();
    assert_eq!(world.run().await, relance_engine::run::Totals::default());
}

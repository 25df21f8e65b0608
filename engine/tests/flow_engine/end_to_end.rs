//! The whole way of an invoice.

use relance_engine::rules::dsl::money::Currency;
use relance_engine::run;
use relance_engine::store::tasks::{self, TaskOutcome};
use relance_testkit::portfolio;

use crate::world::{World, parsed};

#[tokio::test]
async fn an_invoice_goes_from_reminder_to_call_to_final_reminder_to_thanks() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-03-02", 120_000).await;
    world.run_until("2026-03-06").await;
    assert!(
        world.recipients().is_empty(),
        "five days after due is Saturday: nothing before Monday"
    );
    world.run_until("2026-03-09").await;
    assert_eq!(world.subjects(), ["Invoice to be paid - Atelier Lumière"]);
    world.run_until("2026-03-16").await;
    let task = world.open_task("call").await;
    assert_eq!(
        world.rows("select script from tasks").await,
        ["Ask ap about EUR 1,200.00.\n"]
    );
    world.run_until("2026-03-23").await;
    assert_eq!(
        world.recipients().len(),
        1,
        "the final reminder waits for the call"
    );
    let mut connection = world.connection().await;
    tasks::close(
        &mut connection,
        &world.company,
        task,
        TaskOutcome::NoAnswer,
        "",
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    world.run_until("2026-03-30").await;
    assert_eq!(
        world.subjects(),
        ["Invoice to be paid - Atelier Lumière", "Last reminder"]
    );
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    assert_eq!(world.subjects().last().unwrap(), "Thank you");
    world.run_until("2026-06-30").await;
    assert_eq!(world.recipients().len(), 3);
    let kinds = world.rows("select kind from events where kind in ('action_decided', 'message_sent', 'task_done') order by id").await;
    assert_eq!(
        kinds,
        [
            "action_decided",
            "message_sent",
            "action_decided",
            "task_done",
            "action_decided",
            "message_sent",
            "action_decided",
            "message_sent"
        ]
    );
}

#[tokio::test]
async fn a_second_run_at_the_same_moment_does_nothing() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    let first = world.run().await;
    assert_eq!((first.actions, first.sent), (1, 1));
    assert_eq!(world.run().await, run::Totals::default());
}

#[tokio::test]
async fn positions_and_summary_say_what_comes_next() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    let position =
        "select concat_ws(' ', last_step, last_level, next_step, next_level, next_on) from positions";
    assert_eq!(world.rows(position).await, ["reminder 1 call 2 2026-03-09"]);
    let summary =
        "select concat_ws(' ', segment, scenario, next_review_at is not null, trouble) from accounts";
    assert_eq!(world.rows(summary).await, ["everyone plain t"]);
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    assert_eq!(world.count("select count(*) from positions").await, 0);
}

#[tokio::test]
async fn a_mail_carries_the_headers_of_an_automatic_message() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    let caught = world.catcher.messages();
    let mail = parsed(&caught[0].data);
    let key = world
        .rows("select idempotency_key from deliveries")
        .await
        .remove(0);
    assert_eq!(mail.message_id().unwrap(), format!("{key}@atelier.example"));
    assert_eq!(caught[0].from, "compta@atelier.example");
    let from = mail.from().unwrap().first().unwrap();
    assert_eq!(from.name().unwrap(), "Atelier Lumière");
    assert_eq!(
        mail.reply_to().unwrap().first().unwrap().address().unwrap(),
        "reponse@atelier.example"
    );
    assert_eq!(mail.date().unwrap().to_rfc3339(), "2026-03-02T08:00:00Z");
    assert_eq!(
        mail.header_raw("Auto-Submitted").unwrap().trim(),
        "auto-generated"
    );
    assert_eq!(mail.header_raw("Content-Language").unwrap().trim(), "en");
    assert!(
        mail.header_raw("List-Unsubscribe").is_none(),
        "nobody unsubscribes from what is owed"
    );
    assert!(mail.body_text(0).unwrap().contains("EUR 1,200.00"));
    assert!(mail.body_html(0).unwrap().contains("<table>"));
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    let caught = world.catcher.messages();
    let unsubscribe = parsed(&caught[1].data)
        .header_raw("List-Unsubscribe")
        .unwrap()
        .trim()
        .to_owned();
    assert_eq!(
        unsubscribe,
        "<mailto:reponse@atelier.example?subject=unsubscribe>"
    );
}

#[tokio::test]
async fn two_engines_side_by_side_never_send_one_thing_twice() {
    let world = World::new().await;
    for number in 0..40 {
        let customer = world
            .customer(&format!("C{number}"), &format!("ap{number}@customer.example"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 10_000 + number)
            .await;
    }
    let other = relance_engine::engine::Engine {
        mailer: relance_engine::media::email::Mailer::new(crate::world::settings(&world.catcher)).unwrap(),
        rulebooks: relance_engine::rulebooks::Rulebooks::load(&world.db.pool, world.engine.webhooks.ways())
            .await
            .unwrap(),
        worker: "other".to_owned(),
        ..world.engine.clone()
    };
    let (one, two) = tokio::join!(run::until_idle(&world.engine), run::until_idle(&other));
    assert_eq!(one.unwrap().sent + two.unwrap().sent, 40);
    let mut recipients = world.recipients();
    recipients.sort();
    recipients.dedup();
    assert_eq!((recipients.len(), world.catcher.count()), (40, 40));
}

#[tokio::test]
async fn workers_do_the_work_and_stop_when_told() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 10_000).await;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let working = tokio::spawn(run::workers(world.engine.clone(), 3, async {
        let _ = stopped.await;
    }));
    crate::world::until(async || {
        world
            .count("select count(*) from deliveries where state = 'sent'")
            .await
            == 1
    })
    .await;
    stop.send(()).unwrap();
    working.await.unwrap();
    assert_eq!(world.catcher.count(), 1);
}

#[tokio::test]
async fn amounts_of_several_currencies_have_a_total_each() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 10_000).await;
    world.invoice(customer, "F2", "2026-02-03", 5_000).await;
    let mut connection = world.connection().await;
    let dollars = relance_engine::rules::dsl::money::Money::new(
        rust_decimal::Decimal::new(700, 0),
        Currency::new("USD").unwrap(),
    );
    let new = relance_engine::store::invoices::NewInvoice {
        amount: dollars,
        ..portfolio::new_invoice(customer, "F3", relance_testkit::day("2026-02-04"), 1)
    };
    relance_engine::store::invoices::upsert(&mut connection, &world.company, &new, "test", world.now())
        .await
        .unwrap();
    drop(connection);
    world.run().await;
    let caught = world.catcher.messages();
    let text = parsed(&caught[0].data).body_text(0).unwrap().into_owned();
    assert!(text.contains("In all EUR 150.00 + USD 700.00"), "{text}");
}

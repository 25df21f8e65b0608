//! `relance run`: never twice, never after payment, whole after a crash.

use std::collections::BTreeSet;
use std::process::Stdio;
use std::time::Duration;

use chrono::{DateTime, Utc};
use relance_engine::media::catcher::Fault;
use relance_engine::review;
use relance_engine::store::deliveries::{self, Settlement};
use relance_engine::store::payments::{self, NewPayment, Pays};
use relance_engine::views::deliveries as delivery_views;
use relance_engine::views::states::DeliveryState;
use relance_testkit::{day, portfolio};

use crate::world::{MORNING, World, header, until};

fn morning() -> DateTime<Utc> {
    MORNING.parse().unwrap()
}

const RUN: [&str; 5] = ["run", "--until", "idle", "--at", MORNING];

#[tokio::test(flavor = "multi_thread")]
async fn a_run_sends_each_reminder_once_and_a_second_run_sends_nothing() {
    let world = World::with_customers(5).await;
    world.good(&RUN).await;
    let first = world.mails();
    assert_eq!(first.len(), 5, "{first:?}");
    assert_eq!(first[0].0, "c001@customer.example");
    world.good(&RUN).await;
    assert_eq!(world.mails(), first);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_paid_between_review_and_delivery_is_not_reminded() {
    let world = World::with_customers(2).await;
    // The rules are put in force on a day on which nothing is due.
    world
        .good(&["run", "--until", "idle", "--at", "2026-02-02T10:00:00+01:00"])
        .await;
    let engine = world.engine(morning()).await;
    while review::pass(&engine, 100).await.unwrap().more {}
    let queued = queued(&world).await;
    assert_eq!(queued, 2, "both were decided before the payment");

    let mut tx = world.db.pool.begin().await.unwrap();
    let (invoice, customer, _) = relance_engine::views::invoices::find(&mut tx, world.company.id, "F-C001")
        .await
        .unwrap()
        .unwrap();
    let _ = invoice;
    let paid = NewPayment {
        customer,
        reference: "P-1".to_owned(),
        received_on: day("2026-03-10"),
        amount: portfolio::eur(120_000),
        note: None,
        pays: vec![Pays {
            invoice: "F-C001".to_owned(),
            amount: None,
        }],
    };
    payments::receive(&mut tx, &world.company, &paid, "test", morning())
        .await
        .unwrap();
    tx.commit().await.unwrap();

    world.good(&RUN).await;
    let to: Vec<String> = world.mails().into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, ["c002@customer.example"]);
}

async fn queued(world: &World) -> i64 {
    let mut connection = world.db.pool.acquire().await.unwrap();
    delivery_views::list(&mut connection, world.company.id, DeliveryState::Queued, 0, 100)
        .await
        .unwrap()
        .1
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_a_second_run_completes_the_set_of_an_undisturbed_run() {
    let undisturbed = World::with_customers(30).await;
    undisturbed.good(&RUN).await;
    let expected = undisturbed.mails();
    assert_eq!(expected.len(), 30);

    let world = World::with_customers(30).await;
    for number in 1..=30 {
        let address = format!("c{number:03}@customer.example");
        world
            .catcher
            .set_fault(&address, Fault::Slow(Duration::from_millis(60)));
    }
    let mut child = world.command(&RUN).stdout(Stdio::null()).spawn().unwrap();
    until("the first mails", async || {
        (world.catcher.count() >= 6).then_some(())
    })
    .await;
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(world.catcher.count() < 30, "it was killed in the middle");

    // Twenty minutes later the leases of the dead process have run out; what was under way is in doubt, and nothing else.
    let later = ["run", "--until", "idle", "--at", "2026-03-10T10:20:00+01:00"];
    let output = world.run(&later).await;
    assert!(matches!(output.status.code(), Some(0 | 1)), "{output:?}");
    settle_by_the_mail_server(&world).await;
    world
        .run(&["run", "--until", "idle", "--at", "2026-03-10T10:40:00+01:00"])
        .await;

    assert_eq!(world.mails(), expected);
}

/// A person looks at the mail server and says for each message in doubt whether it arrived.
async fn settle_by_the_mail_server(world: &World) {
    let arrived: BTreeSet<String> = world.mails().into_iter().map(|(to, _)| to).collect();
    let mut tx = world.db.pool.begin().await.unwrap();
    let (doubts, _) = delivery_views::list(&mut tx, world.company.id, DeliveryState::InDoubt, 0, 100)
        .await
        .unwrap();
    let now = "2026-03-10T10:21:00+01:00".parse().unwrap();
    for doubt in doubts {
        let recipient = format!("{}@customer.example", doubt.customer.to_lowercase());
        let settlement = if arrived.contains(&recipient) {
            Settlement::WasSent
        } else {
            Settlement::Resend
        };
        deliveries::settle_doubt(&mut tx, &world.company, doubt.id, settlement, "claire", now)
            .await
            .unwrap();
    }
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_at_once_never_send_one_thing_twice() {
    let world = World::with_customers(30).await;
    let (one, two) = tokio::join!(world.run(&RUN), world.run(&RUN));
    assert!(one.status.success() && two.status.success(), "{one:?} {two:?}");
    // Whoever ended first may have left the other at work: both have ended, so all is sent.
    let mails = world.mails();
    let recipients: BTreeSet<&String> = mails.iter().map(|(to, _)| to).collect();
    let keys: BTreeSet<String> = world
        .catcher
        .messages()
        .iter()
        .map(|mail| header(&mail.data, "Message-ID"))
        .collect();
    assert_eq!((mails.len(), recipients.len(), keys.len()), (30, 30, 30));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_with_errors_stop_a_run_before_it_begins() {
    let world = World::with_customers(1).await;
    crate::world::write_rules(
        world.rules.path(),
        "segments { everyone otherwise }\nscenari x {}\n",
    );
    let output = world.run(&RUN).await;
    assert_eq!(output.status.code(), Some(1));
    assert!(world.mails().is_empty());
}

//! What is told of messages that wait for their turn, and of those in doubt that the settings settle.

use relance_engine::media::catcher::Fault;

use crate::pages::{get, signed_in};
use crate::world::{MORNING, World, text};

const RUN: [&str; 5] = ["run", "--until", "idle", "--at", MORNING];

#[tokio::test(flavor = "multi_thread")]
async fn who_waits_for_a_limit_is_told_so_on_its_page_in_both_languages() {
    let mut world = World::with_customers(3).await;
    world
        .settings
        .push(("RELANCE_SMTP_LIMIT_BY_DOMAIN", "customer.example 1 per hour"));
    let told = world.good(&RUN).await;
    assert!(told.ends_with("2 messages wait\n"), "{told}");
    assert_eq!(world.mails().len(), 1);
    world.user("maria", "credit_manager", "en").await;
    world.user("vera", "viewer", "fr").await;
    let served = world.serve().await;
    for (login, says) in [
        (
            "maria",
            "waits for its turn, the rate is limited for customer.example",
        ),
        ("vera", "attend son tour, débit limité pour customer.example"),
    ] {
        let client = signed_in(&served, login).await;
        let (_, page) = get(&client, &served, "/c/ALFR/messages/3").await;
        assert!(page.contains(says) && page.contains("12:00"), "{page}");
        let (_, page) = get(&client, &served, "/c/ALFR/messages/1").await;
        assert!(!page.contains(says), "{page}");
    }
    let an_hour_later = ["run", "--until", "idle", "--at", "2026-03-10T11:00:00+01:00"];
    world.good(&an_hour_later).await;
    assert_eq!(world.mails().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_that_cannot_be_read_is_told_with_what_to_write() {
    let mut world = World::new().await;
    world.settings.push(("RELANCE_SMTP_LIMIT", "100 an hour"));
    let bad = world.run(&RUN).await;
    assert_eq!(bad.status.code(), Some(2));
    let told = text(&bad.stderr);
    assert!(
        told.contains("`smtp.limit` is `100 an hour`; write a rate such as \"600 per hour\""),
        "{told}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_doubt_that_the_settings_settle_asks_nobody_and_stands_in_the_history() {
    let mut world = World::with_customers(1).await;
    world.settings.push(("RELANCE_SMTP_IN_DOUBT", "drop"));
    world
        .catcher
        .set_fault("c001@customer.example", Fault::CutAfterFinal(1));
    // Exit code 0: nobody has to do anything.
    world.good(&RUN).await;
    world.user("maria", "credit_manager", "en").await;
    world.user("vera", "viewer", "fr").await;
    let served = world.serve().await;
    for (login, says) in [
        ("maria", "Doubt settled by the settings: do not send it"),
        ("vera", "Doute tranché par les réglages"),
    ] {
        let client = signed_in(&served, login).await;
        let (_, page) = get(&client, &served, "/c/ALFR/customers/C001").await;
        assert!(page.contains(says), "{page}");
    }
}

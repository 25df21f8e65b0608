//! What becomes known of messages that ask to be told when they are opened, and what the rules make of it.

use mail_parser::MimeHeaders as _;
use relance_engine::openings::Openings;

use crate::receiver::Receiver;
use crate::world::{RULES, World, parsed};

const AP: &str = "ap@customer.example";
const ELSE: &str = "{ email template reminder else call script call when not opened in 3 days }";
const PUBLIC: &str = "https://relance.example/";

fn rules(act: &str) -> String {
    format!("{RULES}\nmedium whatsapp \"WhatsApp\" = webhook \"gate\"\n").replacen(
        "{ email template reminder }",
        act,
        1,
    )
}

/// One invoice that is due for level 1, under rules with this act, in an installation that the world can reach.
async fn due(act: &str) -> World {
    let mut world = World::with(&rules(act)).await;
    world.engine.openings = Openings::load(&world.db.pool, Some(PUBLIC)).await.unwrap();
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world
}

/// The HTML part of the last mail that came.
fn html(world: &World) -> String {
    let mail = world.catcher.messages().pop().unwrap();
    let message = parsed(&mail.data);
    assert!(
        message
            .attachments()
            .all(|part| !part.is_content_type("image", "gif"))
    );
    message.body_html(0).unwrap().into_owned()
}

/// The token in the address of the image of a mail.
fn token(html: &str) -> String {
    let (_, rest) = html.split_once("<img src=\"https://relance.example/o/").unwrap();
    let (token, rest) = rest.split_once(".gif\"").unwrap();
    assert!(rest.contains("width=\"1\" height=\"1\" alt=\"\""), "{html}");
    token.to_owned()
}

async fn opened(world: &World) -> Vec<String> {
    world
        .rows("select actor || ' ' || to_char(at at time zone 'UTC', 'MM-DD HH24:MI') from events where kind = 'message_opened'")
        .await
}

async fn work(world: &World) -> Vec<String> {
    world
        .rows("select kind || ' ' || step || ' ' || state from actions where kind <> 'call' or step not in ('call') order by id")
        .await
}

#[tokio::test]
async fn what_is_opened_in_time_is_followed_by_nothing() {
    let world = due(ELSE).await;
    world.run().await;
    let token = token(&html(&world));
    world.go_to("2026-03-03 07:30");
    let openings = &world.engine.openings;
    openings.note(&world.db.pool, &token, world.now()).await.unwrap();
    world.go_to("2026-03-03 09:30");
    openings.note(&world.db.pool, &token, world.now()).await.unwrap();
    assert_eq!(opened(&world).await, ["engine 03-03 07:30"]);
    world.run_until("2026-03-06").await;
    assert_eq!(work(&world).await, ["email reminder done"]);
    assert_eq!(
        world
            .rows("select to_char(opened_at at time zone 'UTC', 'MM-DD HH24:MI') from deliveries")
            .await,
        ["03-03 07:30"]
    );
}

#[tokio::test]
async fn what_nobody_opens_is_followed_by_what_stands_after_else_once() {
    let world = due(ELSE).await;
    world.run_until("2026-03-04").await;
    assert_eq!(work(&world).await, ["email reminder done"]);
    world.run_until("2026-03-06").await;
    let [_, call] = work(&world).await.try_into().unwrap();
    assert_eq!(call, "call on not_opened reminder 0 else 1 pending");
    // Opened after all: the call is under way and stays, and nothing is added.
    let token = token(&html(&world));
    world
        .engine
        .openings
        .note(&world.db.pool, &token, world.now())
        .await
        .unwrap();
    world.run().await;
    assert_eq!(work(&world).await.len(), 2);
}

#[tokio::test]
async fn nobody_is_asked_without_a_public_address_or_by_rules_that_do_not_ask() {
    let private = World::with(&rules(ELSE)).await;
    let customer = private.customer("C1", AP).await;
    private.invoice(customer, "F1", "2026-02-02", 120_000).await;
    private.run_until("2026-03-06").await;
    assert!(!html(&private).contains("<img"));
    // Not known is not unopened.
    assert_eq!(work(&private).await, ["email reminder done"]);
    let quiet = due("{ email template reminder else call script call when bounced }").await;
    quiet.run().await;
    assert!(!html(&quiet).contains("<img"));
    assert_eq!(
        quiet.count("select count(*) from deliveries where watched").await,
        0
    );
}

#[tokio::test]
async fn what_people_see_of_a_message_tells_nobody_that_it_was_opened() {
    let world = due(ELSE).await;
    world.run().await;
    assert!(html(&world).contains("<img"));
    let stored = world.rows("select body_html from deliveries where watched").await;
    assert!(
        !stored[0].contains("<img") && stored[0].contains("</body>"),
        "{stored:?}"
    );
}

#[tokio::test]
async fn a_wrong_token_and_one_of_another_installation_change_nothing() {
    let world = due(ELSE).await;
    world.run().await;
    let right = token(&html(&world));
    let other = due(ELSE).await;
    other.run().await;
    let foreign = token(&html(&other));
    assert_ne!(right, foreign);
    let turned: String = right.chars().rev().collect();
    for wrong in [
        "",
        "1",
        "../../etc",
        &foreign,
        &turned,
        &right.to_uppercase()[1..],
    ] {
        world
            .engine
            .openings
            .note(&world.db.pool, wrong, world.now())
            .await
            .unwrap();
    }
    assert!(opened(&world).await.is_empty());
}

#[tokio::test]
async fn all_processes_of_an_installation_read_each_others_addresses() {
    let world = due(ELSE).await;
    world.run().await;
    let token = token(&html(&world));
    let other = Openings::load(&world.db.pool, Some("https://elsewhere.example"))
        .await
        .unwrap();
    other.note(&world.db.pool, &token, world.now()).await.unwrap();
    assert_eq!(opened(&world).await.len(), 1);
}

#[tokio::test]
async fn a_post_says_where_it_is_told_that_it_was_opened() {
    let receiver = Receiver::start().await;
    let act = "{ whatsapp template reminder else call script call when not opened in 3 days }";
    let mut world = World::posting(&rules(act), receiver.webhooks(false)).await;
    world.engine.openings = Openings::load(&world.db.pool, Some(PUBLIC)).await.unwrap();
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    let [came] = receiver.came().try_into().unwrap();
    let body = came.json();
    let url = body["opened_url"].as_str().unwrap();
    let token = url
        .strip_prefix("https://relance.example/o/")
        .unwrap()
        .strip_suffix(".gif")
        .unwrap();
    assert!(!body["html"].as_str().unwrap().contains("<img"));
    world
        .engine
        .openings
        .note(&world.db.pool, token, world.now())
        .await
        .unwrap();
    world.run_until("2026-03-06").await;
    assert_eq!(opened(&world).await.len(), 1);
    assert_eq!(work(&world).await, ["webhook reminder done"]);
}

#[tokio::test]
async fn only_the_message_that_is_waited_for_asks() {
    let world = due(
        "{ email template reminder else email template final when bounced else call script call when not opened in 3 days }",
    )
    .await;
    world.run().await;
    // What stands after the first mail is for mails that come back; the second one would ask.
    assert!(!html(&world).contains("<img"));
}

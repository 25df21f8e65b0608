//! A mail tells over HTTP that it was opened.

use reqwest::{Client, StatusCode};

use crate::pages::{browser, get, signed_in};
use crate::world::{MORNING, RULES, Served, World, text, write_rules};

const OPEN: &str = "/o/";

/// The first reminder was sent, under rules that wait for its opening.
async fn sent() -> World {
    let mut world = World::with_customers(1).await;
    world.public_url = Some("http://relance.example");
    let act = "{ email template reminder else call script call_reminder when not opened in 3 days }";
    write_rules(
        world.rules.path(),
        &RULES.replacen("{ email template reminder }", act, 1),
    );
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    world
}

/// The path of the image in the only mail that came.
fn image(world: &World) -> String {
    let mails = world.catcher.messages();
    assert_eq!(mails.len(), 1);
    // Long lines are folded in the mail.
    let mail = text(&mails[0].data).replace("=\r\n", "").replace("=3D", "=");
    let (_, rest) = mail.split_once("<img src=\"http://relance.example").unwrap();
    rest.split_once('"').unwrap().0.to_owned()
}

async fn fetched(
    client: &Client,
    served: &Served,
    path: &str,
) -> (StatusCode, Vec<(String, String)>, Vec<u8>) {
    let response = client.get(served.at(path)).send().await.unwrap();
    let status = response.status();
    let mut headers: Vec<_> = response
        .headers()
        .iter()
        .filter(|(name, _)| *name != "date")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (status, headers, response.bytes().await.unwrap().to_vec())
}

/// How often the history of the customer tells of an opening.
async fn openings(client: &Client, served: &Served) -> usize {
    let (_, page) = get(client, served, "/c/ALFR/customers/C001").await;
    page.matches("Message opened by the recipient").count()
}

/// Whether the work list has the call of the rules.
async fn is_called(client: &Client, served: &Served) -> bool {
    let (_, page) = get(client, served, "/c/ALFR/tasks").await;
    page.contains("/customers/C001")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_opening_is_noted_and_shown_and_the_answer_says_nothing() {
    let world = sent().await;
    let served = world.serve().await;
    let stranger = browser();
    world.user("anne", "admin", "en").await;
    let anne = signed_in(&served, "anne").await;
    let path = image(&world);
    assert!(path.starts_with(OPEN) && path.ends_with(".gif"), "{path}");
    let turned: String = path[OPEN.len()..path.len() - 4].chars().rev().collect();
    let wrong = fetched(&stranger, &served, &format!("{OPEN}{turned}.gif")).await;
    assert_eq!(wrong.0, StatusCode::OK);
    assert_eq!(openings(&anne, &served).await, 0);
    stranger.head(served.at(&path)).send().await.unwrap();
    assert_eq!(openings(&anne, &served).await, 0);

    let message = "/c/ALFR/messages/1";
    assert!(
        get(&anne, &served, message)
            .await
            .1
            .contains("not yet, as far as anybody can tell")
    );
    // Looking at a message in the pages is no opening.
    let (_, body) = get(&anne, &served, &format!("{message}/body")).await;
    assert!(!body.contains("<img"), "{body}");

    let right = fetched(&stranger, &served, &path).await;
    assert_eq!(right, wrong);
    assert_eq!(right.2.len(), 43);
    assert!(
        right.1.iter().all(|(name, _)| name != "set-cookie"),
        "{:?}",
        right.1
    );
    assert!(
        right
            .1
            .contains(&("cache-control".to_owned(), "no-store".to_owned())),
        "{:?}",
        right.1
    );
    assert_eq!(fetched(&stranger, &served, &path).await, right);
    stranger.post(served.at(&path)).send().await.unwrap();
    assert_eq!(openings(&anne, &served).await, 1);
    let page = get(&anne, &served, message).await.1;
    assert!(!page.contains("not yet, as far as anybody can tell"), "{page}");

    // The call that stands after `else` is not made any more.
    world
        .good(&["run", "--until", "idle", "--at", "2026-03-16T10:00:00+01:00"])
        .await;
    assert!(!is_called(&anne, &served).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_opens_is_followed_by_the_call() {
    let world = sent().await;
    world
        .good(&["run", "--until", "idle", "--at", "2026-03-16T10:00:00+01:00"])
        .await;
    world.user("anne", "admin", "en").await;
    let served = world.serve().await;
    let anne = signed_in(&served, "anne").await;
    assert!(is_called(&anne, &served).await);
}

//! A run far larger than usual: what the page and the API ask, and what becomes of either answer.

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::pages::{get, signed_in, token};
use crate::world::{MORNING, Served, World, text};

const RUN: [&str; 5] = ["run", "--until", "idle", "--at", MORNING];

/// Three messages, where two a day are the most that is usual.
async fn asked() -> (World, Served) {
    let mut world = World::with_customers(3).await;
    world.settings.push(("RELANCE_ENGINE_BREAKER_LEAST", "2"));
    let run = world.run(&RUN).await;
    assert_eq!(run.status.code(), Some(1), "{}", text(&run.stderr));
    assert!(
        text(&run.stderr).contains("stopped, by breaker"),
        "{}",
        text(&run.stderr)
    );
    assert_eq!(world.mails(), []);
    world.user("maria", "credit_manager", "en").await;
    world.user("vera", "viewer", "fr").await;
    let served = world.serve().await;
    (world, served)
}

async fn post(client: &Client, served: &Served, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let sent = client.post(served.at(path)).form(fields).send().await.unwrap();
    let status = sent.status();
    match sent.headers().get("location") {
        Some(to) => (status, get(client, served, to.to_str().unwrap()).await.1),
        None => (status, sent.text().await.unwrap()),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_asks_in_both_languages_and_lets_the_run_leave() {
    let (world, served) = asked().await;
    let vera = signed_in(&served, "vera").await;
    let (_, page) = get(&vera, &served, "/c/ALFR/sending").await;
    for word in ["Bien plus que d’habitude", "First reminder", "plus de 3 messages"] {
        assert!(page.contains(word), "{word}:\n{page}");
    }
    assert!(!page.contains("sending/drop"), "a viewer only reads:\n{page}");
    let maria = signed_in(&served, "maria").await;
    let (_, page) = get(&maria, &served, "/c/ALFR/sending").await;
    for word in ["Far more than usual", "Let them leave", "Recall all, then go on"] {
        assert!(page.contains(word), "{word}:\n{page}");
    }
    let go_on = [("csrf", token(&page)), ("scope", "company")];
    let (_, page) = post(&maria, &served, "/c/ALFR/sending/resume", &go_on).await;
    assert!(
        page.contains("The sending goes on") && !page.contains("Far more"),
        "{page}"
    );
    world.good(&RUN).await;
    assert_eq!(world.mails().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_run_is_dropped_on_the_page() {
    let (world, served) = asked().await;
    let maria = signed_in(&served, "maria").await;
    let (_, page) = get(&maria, &served, "/c/ALFR/sending").await;
    let csrf = token(&page).to_owned();
    let drop = |until| [("csrf", csrf.as_str()), ("until", until), ("why", "wrong level")];
    let path = "/c/ALFR/sending/drop";
    for bad in ["2020-01-01", "soon"] {
        let (status, page) = post(&maria, &served, path, &drop(bad)).await;
        assert!(status.is_client_error(), "{status}");
        assert!(page.contains("Far more than usual"), "it still asks:\n{page}");
    }
    let (_, page) = post(&maria, &served, path, &drop("2999-12-31")).await;
    assert!(page.contains("recalled; the sending goes on"), "{page}");
    // A second click does nothing any more.
    assert_eq!(
        post(&maria, &served, path, &drop("2999-12-31")).await.0,
        StatusCode::SEE_OTHER
    );
    world.good(&RUN).await;
    assert_eq!(world.mails(), []);
    let (_, page) = get(&maria, &served, "/c/ALFR/customers/C001").await;
    assert!(page.contains("wrong level"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_api_tells_the_question_and_takes_the_answer() {
    let (world, served) = asked().await;
    let token = world
        .good(&["token", "create", "m", "--role", "credit_manager"])
        .await;
    let call = |path: &str| {
        let to = served.at(&format!("/api/v1{path}"));
        Client::new().get(to).bearer_auth(token.trim())
    };
    let sending: Value = call("/sending").send().await.unwrap().json().await.unwrap();
    assert_eq!(
        sending["stops"][0]["question"],
        json!({ "on": "2026-03-10", "messages": 3, "usual": 0 })
    );
    let to = served.at("/api/v1/sending/resume");
    let resume = Client::new()
        .post(to)
        .bearer_auth(token.trim())
        .json(&json!({ "company": "ALFR" }));
    assert_eq!(resume.send().await.unwrap().status(), StatusCode::NO_CONTENT);
    let sending: Value = call("/sending").send().await.unwrap().json().await.unwrap();
    assert_eq!(sending, json!({ "stops": [] }));
    world.good(&RUN).await;
    assert_eq!(world.mails().len(), 3);
}

//! `/health` and `/ready`, asked over HTTP, while the database comes and goes.

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::world::{Served, World, until};

async fn ask(served: &Served, path: &str) -> (StatusCode, Value) {
    let response = Client::new().get(served.at(path)).send().await.unwrap();
    (response.status(), response.json().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_without_its_database_is_alive_but_not_ready() {
    let world = World::with_customers(1).await;
    let served = world.serve().await;
    let revision = until("the rules are in force", async || {
        ask(&served, "/ready").await.1["rules_revision"].as_i64()
    })
    .await;
    let ready = (
        StatusCode::OK,
        json!({ "status": "ready", "rules_revision": revision }),
    );
    assert_eq!(ask(&served, "/ready").await, ready);

    world.db.take_away().await;
    let (status, answer) = until("it is told that the database is away", async || {
        Some(ask(&served, "/ready").await).filter(|(status, _)| *status != StatusCode::OK)
    })
    .await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(answer["status"], "not ready");
    let reason = answer["reason"]["en"].as_str().unwrap();
    assert!(reason.starts_with("the database d"), "{reason}");
    let reason = answer["reason"]["fr"].as_str().unwrap();
    assert!(reason.starts_with("la base de données n"), "{reason}");
    let alive = (StatusCode::OK, json!({ "status": "alive" }));
    assert_eq!(ask(&served, "/health").await, alive);

    world.db.give_back().await;
    until("it is ready again", async || {
        (ask(&served, "/ready").await == ready).then_some(())
    })
    .await;
}

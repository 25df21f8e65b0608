//! `/metrics`: for whom, in which form, and from a process that has no pages.

use std::process::Stdio;

use reqwest::{Client, StatusCode};

use crate::world::{MORNING, Served, World};

async fn ask(served: &Served, token: &str) -> (StatusCode, String, String) {
    let request = Client::new().get(served.at("/metrics")).bearer_auth(token);
    let response = request.send().await.unwrap();
    let kind = response.headers()["content-type"].to_str().unwrap().to_owned();
    (response.status(), kind, response.text().await.unwrap())
}

/// The samples of an answer, and that it has the form of the format: each family is told once, before its samples, and the end is told.
fn samples(told: &str) -> Vec<&str> {
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines.last(), Some(&"# EOF"), "{told}");
    let families: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.strip_prefix("# TYPE "))
        .filter_map(|line| line.split(' ').next())
        .collect();
    for line in lines.iter().filter(|line| !line.starts_with('#')) {
        let ours = families.iter().any(|family| line.starts_with(family));
        assert!(line.starts_with("relance_") && ours, "{line}");
    }
    lines.into_iter().filter(|line| !line.starts_with('#')).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn metrics_are_told_to_tokens_only_and_tell_what_lies_before_the_workers() {
    let mut world = World::with_customers(3).await;
    world.settings.push(("RELANCE_SMTP_LIMIT", "1 per hour"));
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    let token = world.good(&["token", "create", "prometheus"]).await;
    let served = world.serve().await;
    let (status, kind, body) = ask(&served, "wrong").await;
    assert_eq!(status, StatusCode::UNAUTHORIZED);
    assert_eq!(kind, "application/problem+json");
    assert!(!body.contains("ALFR"), "{body}");

    let (status, kind, body) = ask(&served, token.trim()).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    assert_eq!(kind, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    let samples = samples(&body);
    for expected in [
        r#"relance_messages{company="ALFR",state="queued",medium="email"} 2"#,
        r#"relance_messages{company="ALFR",state="in_doubt",medium="webhook"} 0"#,
        r#"relance_open_tasks{company="ALFR",kind="approval"} 0"#,
        r#"relance_sending_stops{company="ALFR"} 0"#,
        "relance_rules_revision 1",
        "relance_reviewed_accounts_total 0",
    ] {
        assert!(samples.contains(&expected), "{expected} is not in\n{body}");
    }
    world.good(&["stop", "prices are wrong"]).await;
    let (_, _, body) = ask(&served, token.trim()).await;
    assert!(
        body.contains(r#"relance_sending_stops{company="ALFR"} 1"#),
        "{body}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_only_works_tells_how_it_goes_and_has_no_pages() {
    let world = World::with_customers(1).await;
    let token = world.good(&["token", "create", "prometheus"]).await;
    // It is called by either name.
    let mut command = world.command(&["worker", "--listen", "127.0.0.1:0", "--format", "json"]);
    let child = command.stdout(Stdio::piped()).spawn().unwrap();
    let served = Served::wait(child).await;
    let get = async |path: &str| Client::new().get(served.at(path)).send().await.unwrap().status();
    assert_eq!(get("/health").await, StatusCode::OK);
    assert_eq!(get("/ready").await, StatusCode::OK);
    assert_eq!(get("/login").await, StatusCode::NOT_FOUND);
    assert_eq!(get("/api/v1/companies").await, StatusCode::NOT_FOUND);
    let (status, _, body) = ask(&served, token.trim()).await;
    assert_eq!(status, StatusCode::OK, "{body}");
    samples(&body);
}

//! Messages that wait are recalled, and work of one kind is done in one click: on the pages, by the API and at the command line.

use std::time::{Duration, Instant};

use reqwest::{Client, StatusCode};
use serde_json::{Value, json};

use crate::pages::{get, signed_in, token};
use crate::world::{MORNING, RULES, Served, World, text, write_rules};

const RUN: [&str; 5] = ["run", "--until", "idle", "--at", MORNING];

/// So many customers whose first reminder was decided in the morning and waits. The clock stands still there.
async fn waiting(customers: u32) -> World {
    let mut world = World::with_customers(customers).await;
    world.settings.push(("RELANCE_ENGINE_UNDO_MINUTES", "30"));
    let told = world.good(&RUN).await;
    assert!(told.ends_with(&format!("{customers} messages wait\n")), "{told}");
    assert_eq!(world.mails(), []);
    world
}

async fn post(client: &Client, served: &Served, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
    let sent = client.post(served.at(path)).form(fields).send().await.unwrap();
    let status = sent.status();
    if status == StatusCode::SEE_OTHER {
        let to = sent.headers()["location"].to_str().unwrap().to_owned();
        return (status, get(client, served, &to).await.1);
    }
    (status, sent.text().await.unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn chosen_messages_are_recalled_on_the_page_and_the_others_leave() {
    let world = waiting(3).await;
    world.user("maria", "credit_manager", "en").await;
    world.user("vera", "viewer", "fr").await;
    let served = world.serve().await;
    let maria = signed_in(&served, "maria").await;
    let (_, page) = get(&maria, &served, "/c/ALFR/messages?state=queued").await;
    assert!(
        page.contains("Recall all") && page.contains("No reminder before"),
        "{page}"
    );
    let csrf = token(&page).to_owned();
    let many = "/c/ALFR/messages/many";
    let recall = [
        ("csrf", csrf.as_str()),
        ("act", "recall"),
        ("why", "wrong <price>"),
        ("line", "1"),
    ];
    for (until, say) in [("2020-01-01", "choose"), ("soon", "soon")] {
        let mut bad = recall.to_vec();
        bad.push(("until", until));
        let (status, page) = post(&maria, &served, many, &bad).await;
        assert_eq!(status.as_u16() / 100, 4, "{page}");
        assert!(page.contains(say), "{page}");
    }
    let mut good = recall.to_vec();
    good.push(("until", "2999-12-31"));
    let (_, page) = post(&maria, &served, many, &good).await;
    assert!(page.contains("Messages recalled: 1"), "{page}");
    let (_, page) = post(&maria, &served, many, &good).await;
    assert!(
        page.contains("Messages recalled: 0; did not wait any more: 1"),
        "{page}"
    );

    let (_, page) = get(&maria, &served, "/c/ALFR/messages/2").await;
    assert!(page.contains("messages/2/recall"), "{page}");
    let one = [("csrf", csrf.as_str()), ("until", "2999-12-31"), ("why", "")];
    let (_, page) = post(&maria, &served, "/c/ALFR/messages/2/recall", &one).await;
    assert!(page.contains("retiré par maria"), "{page}");
    let (_, fiche) = get(&maria, &served, "/c/ALFR/customers/C001").await;
    assert!(fiche.contains("wrong &lt;price&gt;"), "{fiche}");

    let vera = signed_in(&served, "vera").await;
    let (_, page) = get(&vera, &served, "/c/ALFR/messages?state=queued").await;
    assert!(!page.contains("messages/many"), "a viewer has no button:\n{page}");
    let mut hers = good.clone();
    hers[0] = ("csrf", token(&page));
    assert_eq!(post(&vera, &served, many, &hers).await.0, StatusCode::FORBIDDEN);

    let run = ["run", "--until", "idle", "--at", "2026-03-10T10:30:00+01:00"];
    world.good(&run).await;
    assert_eq!(world.mails().len(), 1);
    assert_eq!(world.mails()[0].0, "c003@customer.example");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_run_is_recalled_at_the_command_line() {
    let world = waiting(2).await;
    let bad = world
        .run(&["recall", "wrong price", "--until", "2020-01-01"])
        .await;
    assert_eq!(bad.status.code(), Some(2));
    assert!(text(&bad.stderr).contains("choose"), "{}", text(&bad.stderr));
    let bad = world.run(&["recall", " "]).await;
    assert!(text(&bad.stderr).contains("say why"), "{}", text(&bad.stderr));
    let told = world
        .good(&["recall", "wrong price", "--until", "2999-12-31"])
        .await;
    assert_eq!(
        told,
        "ALFR: 2 messages recalled, their invoices are reminded again on 2999-12-31\n"
    );
    let run = ["run", "--until", "idle", "--at", "2026-03-10T10:30:00+01:00"];
    world.good(&run).await;
    assert_eq!(world.mails(), []);
}

/// A company with so many customers whose first reminder a credit manager has to approve.
async fn to_be_approved(count: u32) -> World {
    let world = World::new().await;
    // Whatever the day and the hour of this test: what people do on the pages is done now.
    let rules = RULES
        .replacen(
            "{ email template reminder }",
            "{ email template reminder; approve by credit_manager within 4 days }",
            1,
        )
        .replace(
            "on business days of france, 09:00 to 18:00",
            "every day, 00:00 to 23:59",
        )
        .replace("within 2 business days", "within 2 days");
    write_rules(world.rules.path(), &rules);
    let folder = tempfile::TempDir::new().unwrap();
    let mut lines = "number,mail,invoice\n".to_owned();
    for number in 1..=count {
        lines.push_str(&format!(
            "C{number:04},c{number:04}@customer.example,F{number:04}\n"
        ));
    }
    std::fs::write(folder.path().join("books.csv"), lines).unwrap();
    let mapping = r#"
[[customers]]
file = "books.csv"
[customers.fields]
number = "number"
name = "number"
country = { constant = "FR" }
[[contacts]]
file = "books.csv"
[contacts.fields]
customer = "number"
name = "number"
email = "mail"
[[invoices]]
file = "books.csv"
[invoices.fields]
customer = "number"
number = "invoice"
issued = { constant = "2026-01-20" }
due = { constant = "2026-02-20" }
amount = { constant = "1200.00" }
"#;
    std::fs::write(folder.path().join("import.toml"), mapping).unwrap();
    let from = folder.path().to_str().unwrap();
    world
        .good(&["import", from, "--company", "ALFR", "--at", "2026-02-25"])
        .await;
    world.good(&["run", "--until", "idle"]).await;
    world
}

#[tokio::test(flavor = "multi_thread")]
async fn three_thousand_approvals_in_one_click_send_three_thousand_messages_once_also_when_clicked_twice() {
    let world = to_be_approved(3000).await;
    world.user("maria", "credit_manager", "fr").await;
    world.user("carl", "collector", "en").await;
    let served = world.serve().await;
    let carl = signed_in(&served, "carl").await;
    let (_, page) = get(&carl, &served, "/c/ALFR/tasks?kind=approval").await;
    assert!(
        !page.contains("tasks/many"),
        "a collector approves nothing:\n{page}"
    );
    let maria = signed_in(&served, "maria").await;
    let (_, page) = get(&maria, &served, "/c/ALFR/tasks").await;
    assert!(!page.contains("tasks/many"), "of one kind only:\n{page}");
    let (_, page) = get(&maria, &served, "/c/ALFR/tasks?kind=approval").await;
    assert!(page.contains("Pour toutes celles de la liste"), "{page}");
    let csrf = token(&page).to_owned();
    let click = [
        ("csrf", csrf.as_str()),
        ("kind", "approval"),
        ("role", ""),
        ("outcome", "approved"),
        ("note", ""),
        ("act", "all"),
    ];
    let started = Instant::now();
    let many = "/c/ALFR/tasks/many";
    let (first, second) = tokio::join!(
        post(&maria, &served, many, &click),
        post(&maria, &served, many, &click)
    );
    let took = started.elapsed();
    assert!(took < Duration::from_secs(30), "{took:?}");
    let closed = |page: &str| -> u32 {
        let (_, rest) = page
            .split_once("Tâches closes")
            .unwrap_or_else(|| panic!("{page}"));
        let digits = rest.chars().skip_while(|c| !c.is_ascii_digit());
        digits
            .take_while(char::is_ascii_digit)
            .collect::<String>()
            .parse()
            .unwrap()
    };
    assert_eq!(closed(&first.1) + closed(&second.1), 3000, "each once");
    world.good(&["run", "--until", "idle"]).await;
    let mut mails = world.mails();
    assert_eq!(mails.len(), 3000);
    mails.dedup();
    assert_eq!(mails.len(), 3000, "to each customer once");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_said_of_many_is_refused() {
    let world = to_be_approved(2).await;
    let admin = world.good(&["token", "create", "admin", "--role", "admin"]).await;
    let collector = world.good(&["token", "create", "c", "--role", "collector"]).await;
    let served = world.serve().await;
    let say = async |token: &str, body: Value| {
        let to = served.at("/api/v1/companies/ALFR/tasks/outcomes");
        let sent = Client::new()
            .post(to)
            .bearer_auth(token.trim())
            .json(&body)
            .send()
            .await
            .unwrap();
        (sent.status(), sent.json::<Value>().await.unwrap())
    };
    let body = |kind: &str, outcome: &str| json!({ "kind": kind, "all": true, "outcome": outcome });
    for (bad, word) in [
        (body("call", "no_answer"), "say it of each"),
        (body("approval", "no_answer"), "no_answer"),
        (body("aproval", "approved"), "aproval"),
    ] {
        let (status, answer) = say(&admin, bad).await;
        assert!(status.is_client_error(), "{status}");
        assert!(answer["detail"].as_str().unwrap().contains(word), "{answer}");
    }
    let (status, _) = say(&collector, body("approval", "approved")).await;
    assert_eq!(status, StatusCode::FORBIDDEN);
    let chosen = json!({ "kind": "approval", "tasks": [1, 99], "outcome": "refused", "note": "no" });
    assert_eq!(
        say(&admin, chosen).await,
        (StatusCode::OK, json!({ "done": 1, "missed": 1 }))
    );
    let nothing = json!({ "kind": "approval", "outcome": "refused" });
    assert_eq!(
        say(&admin, nothing).await,
        (StatusCode::OK, json!({ "done": 0, "missed": 0 }))
    );
}

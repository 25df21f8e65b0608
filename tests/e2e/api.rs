//! The API against its own description: every path that it names is called, and what comes back is what it says.

use std::collections::BTreeSet;

use reqwest::{Client, Method, Response, StatusCode};
use serde_json::{Value, json};

use crate::world::{MORNING, RULES, Served, World, write_rules};

async fn call(served: &Served, token: &str, method: &str, path: &str, body: Option<&Value>) -> Response {
    let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
    let mut request = Client::new()
        .request(method, served.at(&format!("/api/v1{path}")))
        .bearer_auth(token);
    if let Some(body) = body {
        request = request.json(body);
    }
    request.send().await.unwrap()
}

async fn token(world: &World, role: &str) -> String {
    world
        .good(&["token", "create", role, "--role", role])
        .await
        .trim()
        .to_owned()
}

/// What stands for the parameters of a path, and the body, so that the call succeeds.
fn example(method: &str, path: &str, made: &Made) -> (String, Option<Value>) {
    let filled = path
        .replace("{company}", "ALFR")
        .replace("/invoices/{number}", "/invoices/F-C001")
        .replace("{number}", "C001")
        .replace("{place}", "1");
    let id = match path {
        _ if path.contains("/promises/") => made.promise,
        _ if path.contains("/disputes/") => made.dispute,
        _ if path.contains("/holds/") => made.hold,
        _ if path.contains("/plans/") => made.plan,
        _ => 1,
    };
    let body = (method == "post").then(|| match path.rsplit('/').next().unwrap() {
        "notes" => json!({ "text": "called" }),
        "promises" => json!({ "pay_by": "2999-12-31", "amount": "100.00" }),
        "disputes" => json!({ "category": "price", "note": "too much" }),
        "close" => json!({ "accepted": false }),
        "plans" => json!({ "invoices": ["F-C001"], "parts": 3, "first": "2490-12-01" }),
        "cancel" => json!({ "why": "called off" }),
        "holds" => json!({ "kind": "manual", "note": "asked for patience" }),
        "outcome" => json!({ "outcome": "no_answer", "note": "" }),
        "recall" => json!({ "messages": [1, 2], "why": "wrong price" }),
        "release" => json!({ "all": true }),
        "outcomes" => json!({ "kind": "approval", "all": true, "outcome": "approved" }),
        "stop" => json!({ "company": "ALFR", "why": "prices are wrong" }),
        "resume" => json!({ "company": "ALFR" }),
        "settlement" => json!({ "settlement": "was_sent" }),
        other => panic!("the test knows no body for {other}"),
    });
    let filled = filled.replace("{id}", &id.to_string());
    assert!(
        !filled.contains('{'),
        "the test fills not all parameters of {filled}"
    );
    (filled, body)
}

#[derive(Default)]
struct Made {
    promise: i64,
    dispute: i64,
    hold: i64,
    plan: i64,
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_is_true_for_every_path_that_it_names() {
    let world = World::with_customers(2).await;
    let act = "{ email template reminder attach statement }";
    write_rules(
        world.rules.path(),
        &RULES.replacen("{ email template reminder }", act, 1),
    );
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    world
        .good(&["run", "--until", "idle", "--at", "2026-03-25T10:00:00+01:00"])
        .await;
    world.run(&["import", "/nowhere"]).await;
    let admin = token(&world, "admin").await;
    let served = world.serve().await;
    let api: Value = call(&served, "", "get", "/openapi.json", None)
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(api["openapi"].as_str().map(|v| v.starts_with("3.")), Some(true));

    let mut made = Made::default();
    let mut calls: Vec<(String, String)> = Vec::new();
    for (path, item) in api["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            calls.push((method.clone(), path.clone()));
        }
    }
    // What is made comes before what is read, closed or ended.
    calls.sort_by_key(|(method, path)| {
        let order = match method.as_str() {
            "post" if !path.contains("{id}") => 0,
            "get" => 1,
            _ => 2,
        };
        (order, path.clone())
    });
    assert!(calls.len() >= 20, "{calls:?}");
    for (method, path) in &calls {
        let (filled, body) = example(method, path, &made);
        let response = call(&served, &admin, method, &filled, body.as_ref()).await;
        let status = response.status();
        let described = &api["paths"][path][method]["responses"][status.as_str()];
        assert!(
            described.is_object(),
            "{method} {path} gave {status}, which is not described"
        );
        let may_be_absent = path.ends_with("/imports/{id}") || path.ends_with("/settlement");
        assert!(
            status.is_success() || may_be_absent,
            "{method} {path} gave {status}"
        );
        let Some(content) = described.get("content") else {
            assert_eq!(status, StatusCode::NO_CONTENT, "{method} {path}");
            continue;
        };
        let (kind, of) = content.as_object().unwrap().iter().next().unwrap();
        assert_eq!(
            response.headers()["content-type"].to_str().unwrap(),
            kind,
            "{method} {path}"
        );
        if kind == "application/pdf" {
            let file = response.bytes().await.unwrap();
            assert!(file.starts_with(b"%PDF-1.4"), "{method} {path}");
            continue;
        }
        let value: Value = response.json().await.unwrap();
        validate(&api, &of["schema"], &value, &format!("{method} {path}"));
        if let Some(id) = value.get("id").and_then(Value::as_i64) {
            match path.rsplit('/').next().unwrap() {
                "promises" => made.promise = id,
                "disputes" => made.dispute = id,
                "holds" => made.hold = id,
                "plans" => made.plan = id,
                _ => {}
            }
        }
    }
}

/// Whether a value is of a schema: type, required fields, no field that is not described, all the way down.
fn validate(api: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.strip_prefix("#/components/schemas/").unwrap();
        return validate(api, &api["components"]["schemas"][name], value, at);
    }
    if let Some(choices) = schema["oneOf"].as_array() {
        let chosen = choices
            .iter()
            .find(|choice| (choice["type"] == "null") == value.is_null())
            .unwrap_or_else(|| panic!("{at}: {value} is none of {schema}"));
        return validate(api, chosen, value, at);
    }
    let found = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => panic!("{at}: a schema without a type: {schema}"),
    };
    assert!(
        types.contains(&found),
        "{at}: {value} is {found}, described as {types:?}"
    );
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                validate(api, &schema["items"], item, &format!("{at}[{index}]"));
            }
        }
        Value::Object(fields) if schema["properties"].is_object() => {
            let described: BTreeSet<&String> = schema["properties"].as_object().unwrap().keys().collect();
            for name in schema["required"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
            {
                assert!(fields.contains_key(name), "{at}: `{name}` is missing");
            }
            for (name, field) in fields {
                assert!(described.contains(name), "{at}: `{name}` is not described");
                validate(api, &schema["properties"][name], field, &format!("{at}.{name}"));
            }
        }
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_token_that_serves_nothing_is_told() {
    let world = World::with_customers(1).await;
    let viewer = token(&world, "viewer").await;
    let served = world.serve().await;
    let path = "/companies/ALFR/customers";
    for bad in ["", "rel_guessed"] {
        let response = call(&served, bad, "get", path, None).await;
        assert_eq!(response.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(response.headers()["content-type"], "application/problem+json");
    }
    assert_eq!(
        call(&served, &viewer, "get", path, None).await.status(),
        StatusCode::OK
    );
    let note = json!({ "text": "x" });
    let refused = call(
        &served,
        &viewer,
        "post",
        &format!("{path}/C001/notes"),
        Some(&note),
    )
    .await;
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    world.good(&["token", "revoke", "viewer"]).await;
    assert_eq!(
        call(&served, &viewer, "get", path, None).await.status(),
        StatusCode::UNAUTHORIZED
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_cannot_be_read_says_what_to_write() {
    let world = World::with_customers(1).await;
    let admin = token(&world, "admin").await;
    let served = world.serve().await;
    let response = call(
        &served,
        &admin,
        "get",
        "/companies/ALFR/customers?sort=size",
        None,
    )
    .await;
    assert_eq!(response.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let problem: Value = response.json().await.unwrap();
    assert_eq!(
        problem["detail"],
        "`sort` is `size`: write name, number, outstanding, overdue, oldest or score"
    );
    let unknown = call(&served, &admin, "get", "/companies/NONE/customers", None).await;
    assert_eq!(unknown.status(), StatusCode::NOT_FOUND);
    assert_eq!(
        unknown.json::<Value>().await.unwrap()["detail"],
        "there is no company NONE"
    );
}

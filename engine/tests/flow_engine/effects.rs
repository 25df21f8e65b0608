//! What hooks want done: tasks, notes and posts in a real store, posted to a real HTTP server.

use relance_engine::media::webhook::{SIGNATURE, Webhooks, signature};
use relance_engine::review;
use relance_engine::rules::ids::CustomerId;

use crate::receiver::{Does, Receiver, SECRET};
use crate::world::{RULES, World, files};

const AP: &str = "ap@customer.example";

/// Asks a hook in level 1.
async fn with_hook(body: &str, webhooks: Webhooks) -> World {
    let world = World::posting(RULES, webhooks).await;
    put(&world, body).await;
    world
}

async fn put(world: &World, body: &str) {
    let rules = RULES.replacen(
        "{ email template reminder }",
        "{ hook h; email template reminder }",
        1,
    );
    let mut files = files(&format!("{rules}\nhook h(case) -> effects\n"));
    let script = format!("fn h(kase) {{ {body} }}");
    files.0.insert("hooks/h.rhai".to_owned(), script);
    world.put(&files).await;
}

/// A customer with an invoice of 1200 EUR that is due for level 1.
async fn due(world: &World) -> CustomerId {
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    customer
}

async fn states(world: &World) -> Vec<String> {
    world
        .rows("select kind || ' ' || state from actions order by id")
        .await
}

#[tokio::test]
async fn what_a_hook_wants_is_done_once_and_kept_with_the_decision() {
    let receiver = Receiver::start().await;
    let body = "[task(\"call_director\", \"account_manager\", days(1)), note(`late: ${kase.invoice.number}`), \
                webhook(\"gate\", #{ customer: kase.customer.number, open: kase.account.balance })]";
    let world = with_hook(body, receiver.webhooks(false)).await;
    due(&world).await;
    assert_eq!(world.run().await.sent, 2, "the mail and the post");
    let [came] = receiver.came().try_into().unwrap();
    assert_eq!(came.headers["content-type"], "application/json");
    assert_eq!(
        came.headers[SIGNATURE],
        signature(SECRET, &came.body, world.now())
    );
    assert_eq!(
        String::from_utf8(came.body.clone()).unwrap(),
        "{\"customer\":\"C1\",\"open\":{\"amount\":1200,\"currency\":\"EUR\"}}"
    );
    assert_eq!(
        states(&world).await,
        [
            "hook done",
            "note done",
            "email done",
            "task pending",
            "notice done"
        ]
    );
    assert_eq!(
        world
            .rows("select data ->> 'text' from events where kind = 'note'")
            .await,
        ["late: F1"]
    );
    assert_eq!(
        world
            .rows("select title || ' ' || assign_role || ' ' || due_on from tasks")
            .await,
        ["call director account_manager 2026-03-03"]
    );
    let gave = world
        .rows("select (reasons -> 2 ->> 'output') from actions where kind = 'hook'")
        .await;
    assert!(gave[0].starts_with("[task(\"call_director\""), "{gave:?}");
    // Days later nothing of it has come again, and the task has not been called off.
    world.clock.set(world.now() + chrono::TimeDelta::days(3));
    world.run().await;
    assert_eq!(receiver.came().len(), 1);
    assert_eq!(
        world
            .count("select count(*) from events where kind = 'note'")
            .await,
        1
    );
    assert_eq!(
        world.rows("select state from tasks where kind = 'task'").await,
        ["open"]
    );
}

#[tokio::test]
async fn a_post_of_a_hook_leaves_although_rules_and_balance_have_changed_since() {
    let receiver = Receiver::start().await;
    let world = with_hook(
        "[skip(), webhook(\"gate\", \"F1 left out\")]",
        receiver.webhooks(false),
    )
    .await;
    let customer = due(&world).await;
    review::pass(&world.engine, 10).await.unwrap();
    assert_eq!(states(&world).await, ["hook done", "notice pending"]);
    put(&world, "[]").await;
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    let [came] = receiver.came().try_into().unwrap();
    assert_eq!(came.headers["content-type"], "text/plain; charset=utf-8");
    assert_eq!(came.body, b"F1 left out");
    assert_eq!(
        world
            .count("select count(*) from actions where kind = 'notice' and state = 'done'")
            .await,
        1
    );
}

#[tokio::test]
async fn what_another_system_refuses_is_looked_at_by_a_person_and_holds_nothing_back() {
    let receiver = Receiver::start().await;
    receiver.will(&[Does::Answers(422, "no such customer")]);
    let world = with_hook("webhook(\"gate\", \"hello\")", receiver.webhooks(false)).await;
    due(&world).await;
    let totals = world.run().await;
    assert_eq!((totals.sent, totals.failed), (1, 1));
    assert_eq!(states(&world).await, ["hook done", "email done", "notice failed"]);
    assert_eq!(
        world
            .rows("select title from tasks where kind = 'attention'")
            .await,
        ["Another system did not accept this (the webhook `gate` answered 422: no such customer): hello"]
    );
    world.go_to("2026-03-09 10:00");
    world.run().await;
    assert_eq!(
        states(&world).await.last().unwrap(),
        "call pending",
        "the next level comes on its day"
    );
}

#[tokio::test]
async fn a_post_in_doubt_is_settled_by_a_person_and_holds_nothing_back() {
    let receiver = Receiver::start().await;
    receiver.will(&[Does::CutsOff]);
    let world = with_hook("webhook(\"gate\", \"hello\")", receiver.webhooks(false)).await;
    due(&world).await;
    assert_eq!(world.run().await.in_doubt, 1);
    world.open_task("settle_in_doubt").await;
    world.go_to("2026-03-09 10:00");
    world.run().await;
    assert_eq!(states(&world).await.last().unwrap(), "call pending");
    assert_eq!(receiver.came().len(), 1);
}

#[tokio::test]
async fn a_hook_that_jumps_leaves_the_levels_between_out() {
    let world = with_hook("jump(3)", Webhooks::default()).await;
    due(&world).await;
    world.run().await;
    assert_eq!(states(&world).await, ["hook done"]);
    world.go_to("2026-03-03 10:00");
    world.run().await;
    assert_eq!(
        world
            .rows("select step || ' ' || kind || ' ' || state from actions order by id")
            .await,
        ["reminder hook done", "final email done"]
    );
}

#[tokio::test]
async fn without_an_address_a_person_tells_it_and_a_failing_hook_asks_for_attention() {
    let world = with_hook("webhook(\"gate\", \"hello\")", Webhooks::default()).await;
    due(&world).await;
    world.run().await;
    assert_eq!(world.rows("select title from tasks").await, ["gate: hello"]);
    let world = with_hook("let who = \"boss\"; task(\"x\", who)", Webhooks::default()).await;
    due(&world).await;
    world.run().await;
    assert_eq!(states(&world).await, [""; 0]);
    let title = world
        .rows("select title from tasks where kind = 'attention'")
        .await;
    assert_eq!(
        title,
        [
            "Hook “h” failed (hooks/h.rhai:1): there is no role `boss`: collector, credit_manager, account_manager, sales, cfo; \
             nothing is sent"
        ]
    );
}

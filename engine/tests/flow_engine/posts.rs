//! Messages by a medium of the rulebook's own, posted to a real HTTP server.

use relance_engine::media::webhook::{SIGNATURE, Webhooks, signature};
use relance_engine::review;
use relance_engine::store::tasks::{self, TaskOutcome};

use crate::receiver::{Does, Receiver, SECRET, webhooks};
use crate::world::{RULES, World, files};

const AP: &str = "ap@customer.example";

/// Level 1 goes to WhatsApp instead of mail.
fn rules(act: &str) -> String {
    format!("{RULES}\nmedium whatsapp \"WhatsApp\" = webhook \"gate\"\n").replacen(
        "{ email template reminder }",
        act,
        1,
    )
}

/// One invoice of 1200 EUR that is due for level 1, and a receiver for it.
async fn due(act: &str, idempotent: bool) -> (World, Receiver) {
    let receiver = Receiver::start().await;
    let world = World::posting(&rules(act), receiver.webhooks(idempotent)).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    (world, receiver)
}

const POST: &str = "{ whatsapp template reminder }";

async fn states(world: &World) -> Vec<String> {
    world
        .rows("select kind || ' ' || state from actions order by id")
        .await
}

#[tokio::test]
async fn a_message_is_posted_signed_with_its_words_and_its_invoices() {
    let (world, receiver) = due(POST, false).await;
    assert_eq!(world.run().await.sent, 1);
    let [came] = receiver.came().try_into().unwrap();
    assert_eq!(came.path, "/messages?from=relance");
    assert_eq!(came.headers["content-type"], "application/json");
    assert_eq!(came.headers["authorization"], "Bearer of-news");
    assert_eq!(came.headers["host"], format!("127.0.0.1:{}", receiver.port));
    assert_eq!(
        came.headers[SIGNATURE],
        signature(SECRET, &came.body, world.now())
    );
    let mut body = came.json();
    assert_eq!(came.headers["idempotency-key"], body["key"].as_str().unwrap());
    body["key"] = "the key of the delivery".into();
    body["html"] = "...".into();
    insta::assert_snapshot!(serde_json::to_string_pretty(&body).unwrap());
    assert_eq!(states(&world).await, ["webhook done"]);
    assert_eq!(
        world
            .rows("select medium || ' ' || recipient from deliveries")
            .await,
        ["webhook ap (whatsapp)"]
    );
}

#[tokio::test]
async fn a_receiver_that_has_no_time_gets_the_message_later() {
    let (world, receiver) = due(POST, false).await;
    receiver.will(&[Does::Answers(503, "tired"), Does::Answers(429, "slowly")]);
    for minutes in [0, 3, 3] {
        world.clock.set(world.now() + chrono::TimeDelta::minutes(minutes));
        world.run().await;
    }
    let keys: Vec<String> = receiver
        .came()
        .iter()
        .map(|c| c.headers["idempotency-key"].clone())
        .collect();
    assert_eq!(keys.len(), 3);
    assert!(
        keys.iter().all(|key| *key == keys[0]),
        "the same key for each try"
    );
    assert_eq!(states(&world).await, ["webhook done"]);
    assert_eq!(world.count("select attempts::bigint from deliveries").await, 3);
}

#[tokio::test]
async fn nobody_at_the_port_is_no_fault_of_the_message() {
    let world = World::posting(&rules(POST), webhooks(1, false)).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    assert_eq!(world.run().await.retried, 1);
    assert_eq!(world.count("select attempts::bigint from deliveries").await, 0);
    assert_eq!(world.rows("select state from deliveries").await, ["queued"]);
}

#[tokio::test]
async fn a_connection_cut_without_an_answer_is_in_doubt_and_a_person_settles_it() {
    for does in [
        Does::CutsOff,
        Does::IsSilent,
        Does::Answers(504, "gateway timeout"),
    ] {
        let (world, receiver) = due(POST, false).await;
        receiver.will(std::slice::from_ref(&does));
        assert_eq!(world.run().await.in_doubt, 1, "{does:?}");
        world.clock.set(world.now() + chrono::TimeDelta::hours(2));
        world.run().await;
        assert_eq!(
            receiver.came().len(),
            1,
            "neither posted again nor followed by the next level"
        );
        assert_eq!(states(&world).await, ["webhook in_doubt"]);
        let task = world.open_task("settle_in_doubt").await;
        let mut connection = world.connection().await;
        let resend = TaskOutcome::Resend;
        tasks::close(
            &mut connection,
            &world.company,
            task,
            resend,
            "",
            "anna",
            world.now(),
        )
        .await
        .unwrap();
        assert_eq!(world.run().await.sent, 1);
        let came = receiver.came();
        assert_eq!(
            came[0].headers["idempotency-key"],
            came[1].headers["idempotency-key"]
        );
    }
}

#[tokio::test]
async fn what_is_in_doubt_is_posted_again_with_the_same_key_where_that_is_safe() {
    let (world, receiver) = due(POST, true).await;
    receiver.will(&[Does::CutsOff]);
    assert_eq!(world.run().await.retried, 1);
    world.clock.set(world.now() + chrono::TimeDelta::minutes(2));
    assert_eq!(world.run().await.sent, 1);
    let came = receiver.came();
    assert_eq!(
        came[0].headers["idempotency-key"],
        came[1].headers["idempotency-key"]
    );
    assert_eq!(world.count("select count(*) from tasks").await, 0);
}

#[tokio::test]
async fn what_is_refused_for_good_goes_on_with_what_stands_after_else() {
    let (world, receiver) = due(
        "{ whatsapp template reminder else email template final when bounced }",
        false,
    )
    .await;
    receiver.will(&[Does::Answers(422, "not a number")]);
    let totals = world.run().await;
    assert_eq!((totals.failed, totals.sent), (1, 1));
    assert_eq!(
        world.recipients(),
        [AP],
        "the contact's mail address is not to blame"
    );
    assert_eq!(states(&world).await, ["webhook failed", "email done"]);
}

#[tokio::test]
async fn what_is_refused_for_good_and_has_no_else_is_sent_by_a_person() {
    let (world, receiver) = due(POST, false).await;
    receiver.will(&[Does::Answers(400, "unknown\n  field")]);
    world.run().await;
    assert_eq!(states(&world).await, ["webhook failed", "by_hand pending"]);
    assert_eq!(
        world.rows("select last_error from deliveries").await,
        ["the webhook `gate` answered 400: unknown field"]
    );
    let script = world.rows("select script from tasks").await.remove(0);
    assert!(script.contains("In all EUR 1,200.00"), "{script}");
}

#[tokio::test]
async fn a_wrong_secret_or_address_is_no_fault_of_any_message() {
    for status in [301, 401, 403, 404] {
        let (world, receiver) = due(POST, false).await;
        receiver.will(&[Does::Answers(status, "")]);
        assert_eq!(world.run().await.retried, 1, "{status}");
        assert_eq!(states(&world).await, ["webhook pending"]);
        assert_eq!(receiver.came().len(), 1, "another address is not followed");
    }
}

#[tokio::test]
async fn without_an_address_in_the_settings_a_person_sends_it() {
    let world = World::posting(&rules(POST), Webhooks::default()).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    assert_eq!(states(&world).await, ["by_hand pending"]);
    let reasons = world.rows("select reasons::text from actions").await.remove(0);
    assert!(reasons.contains("webhook_unset"), "{reasons}");
}

#[tokio::test]
async fn an_address_that_is_taken_away_leaves_what_was_queued_to_a_person() {
    let (world, receiver) = due(POST, false).await;
    receiver.will(&[Does::Answers(503, "")]);
    world.run().await;
    let now = world.now() + chrono::TimeDelta::minutes(2);
    world.clock.set(now);
    let rulebooks = relance_engine::rulebooks::Rulebooks::load(&world.db.pool, Webhooks::default().ways())
        .await
        .unwrap();
    let other = relance_engine::engine::Engine {
        rulebooks,
        webhooks: Webhooks::default(),
        ..world.engine.clone()
    };
    relance_engine::run::until_idle(&other).await.unwrap();
    world.clock.set(now + chrono::TimeDelta::minutes(2));
    relance_engine::run::until_idle(&other).await.unwrap();
    assert_eq!(states(&world).await, ["webhook cancelled", "by_hand pending"]);
    assert_eq!(receiver.came().len(), 1);
}

#[tokio::test]
async fn a_payment_before_the_post_leaves_calls_it_off() {
    let (world, receiver) = due(POST, false).await;
    receiver.will(&[Does::Answers(503, "")]);
    world.run().await;
    let customer = relance_engine::rules::ids::CustomerId(world.count("select id from customers").await);
    world.pay(customer, "F1", 120_000).await;
    world.clock.set(world.now() + chrono::TimeDelta::minutes(2));
    world.run().await;
    assert_eq!(receiver.came().len(), 1);
    assert_eq!(
        world.rows("select state from deliveries order by id").await[0],
        "cancelled"
    );
}

#[tokio::test]
async fn who_asked_not_to_be_written_to_gets_no_post_and_the_next_contact_does() {
    let (world, receiver) = due(POST, false).await;
    let customer = relance_engine::rules::ids::CustomerId(world.count("select id from customers").await);
    world
        .contact(customer, "buyer@customer.example", Some("accounts_payable"))
        .await;
    let mut connection = world.connection().await;
    sqlx::query("update contacts set email_state = 'opted_out' where role is not null")
        .execute(&mut *connection)
        .await
        .unwrap();
    world.run().await;
    assert_eq!(receiver.came()[0].json()["contact"]["email"], AP);
    sqlx::query("update contacts set email_state = 'opted_out'")
        .execute(&mut *connection)
        .await
        .unwrap();
    world.invoice(customer, "F2", "2026-02-02", 5_000).await;
    world.go_to("2026-03-04 08:00");
    world.run().await;
    assert_eq!(receiver.came().len(), 1);
    assert_eq!(
        world.rows("select kind from tasks where state = 'open'").await,
        ["fix_contact"]
    );
}

#[tokio::test]
async fn a_post_counts_for_the_limit_of_messages() {
    let limited = rules(POST).replace(
        "  contact   role",
        "  limit 1 message per 7 days\n  contact   role",
    );
    let receiver = Receiver::start().await;
    let world = World::posting(&limited, receiver.webhooks(false)).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    world.invoice(customer, "F2", "2026-02-03", 5_000).await;
    world.run_until("2026-03-06").await;
    assert_eq!(receiver.came().len(), 1, "the second one waits for seven days");
    world.run_until("2026-03-09").await;
    assert_eq!(receiver.came().len(), 2);
}

#[tokio::test]
async fn a_worker_that_died_while_posting_leaves_a_doubt_or_posts_again_where_that_is_safe() {
    for (idempotent, state) in [(false, "in_doubt"), (true, "sent")] {
        let (world, receiver) = due(POST, idempotent).await;
        receiver.will(&[Does::Answers(503, "")]);
        world.run().await;
        // As a worker leaves it that was killed in mid-sentence.
        let mut connection = world.connection().await;
        sqlx::query("update deliveries set state = 'sending', begun_at = now(), leased_until = now() - interval '100 years'")
            .execute(&mut *connection)
            .await
            .unwrap();
        world.run().await;
        assert_eq!(world.rows("select state from deliveries").await, [state]);
        assert_eq!(receiver.came().len(), if idempotent { 2 } else { 1 });
    }
}

/// Level 1 by a medium whose body a hook makes.
async fn with_body(world: &World, script: &str) {
    let rules = rules(POST).replace("webhook \"gate\"", "webhook \"gate\" body hook body");
    let mut files = files(&format!("{rules}\nhook body(case) -> text\n"));
    files.0.insert("hooks/b.rhai".to_owned(), script.to_owned());
    world.put(&files).await;
}

#[tokio::test]
async fn a_hook_makes_the_body_and_it_is_posted_and_kept_as_it_is() {
    let receiver = Receiver::start().await;
    let world = World::posting(RULES, receiver.webhooks(false)).await;
    let script = "fn body(kase) { json(#{ to: kase.contact.name, text: `${kase.invoice.number}: ${words(kase.invoice.balance, \"en\")}` }) }";
    with_body(&world, script).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    review::pass(&world.engine, 10).await.unwrap();
    // Paid in part before it leaves: another text is decided, and only that is posted.
    world.pay(customer, "F1", 20_000).await;
    world.clock.set(world.now() + chrono::TimeDelta::minutes(2));
    world.run().await;
    let [came] = receiver.came().try_into().unwrap();
    assert_eq!(came.headers["content-type"], "application/json");
    assert_eq!(
        came.headers[SIGNATURE],
        signature(SECRET, &came.body, world.now())
    );
    let text = String::from_utf8(came.body.clone()).unwrap();
    assert_eq!(text, "{\"text\":\"F1: EUR 1,000.00\",\"to\":\"ap\"}");
    assert_eq!(
        world
            .rows("select body_text from deliveries where state = 'sent'")
            .await,
        [text]
    );
    assert_eq!(states(&world).await, ["webhook cancelled", "webhook done"]);
}

#[tokio::test]
async fn a_body_that_cannot_be_made_is_attention_and_no_lost_message() {
    let receiver = Receiver::start().await;
    let world = World::posting(RULES, receiver.webhooks(false)).await;
    with_body(&world, "fn body(kase) { throw \"no number\" }").await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.run().await;
    assert_eq!(states(&world).await, [""; 0]);
    assert_eq!(
        world
            .rows("select title from tasks where kind = 'attention'")
            .await,
        ["Hook “body” failed (hooks/b.rhai:1): the script says: no number; nothing is sent"]
    );
    with_body(&world, "fn body(kase) { kase.invoice.number }").await;
    world.run().await;
    let [came] = receiver.came().try_into().unwrap();
    assert_eq!(came.body, b"F1");
    assert_eq!(came.headers["content-type"], "text/plain; charset=utf-8");
}

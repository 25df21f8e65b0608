//! Messages that may have left, or not, where the settings say what becomes of them.

use chrono::TimeDelta;
use relance_engine::deliver;
use relance_engine::engine::Engine;
use relance_engine::media::catcher::Fault;
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::moments::{Moment, Moments};
use relance_engine::review;
use relance_engine::sending::InDoubt;

use crate::receiver::{Does, Receiver};
use crate::world::{RULES, World, parsed, settings};

const AP: &str = "ap@customer.example";

/// One mail that is due, and a mail server that cuts it off after its end so many times.
async fn cut_off(in_doubt: InDoubt, times: u32) -> World {
    let mut world = World::new().await;
    set(&mut world, in_doubt);
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    world.catcher.set_fault(AP, Fault::CutAfterFinal(times));
    world
}

fn set(world: &mut World, in_doubt: InDoubt) {
    let settings = SmtpSettings {
        in_doubt,
        ..settings(&world.catcher)
    };
    world.engine.mailer = Mailer::new(settings).unwrap();
}

async fn events(world: &World) -> Vec<String> {
    world
        .rows("select kind || coalesce(' ' || (data ->> 'outcome'), '') from events where action_id is not null order by at, id")
        .await
}

fn later(world: &World, minutes: i64) {
    world.clock.set(world.now() + TimeDelta::minutes(minutes));
}

#[tokio::test]
async fn a_mail_in_doubt_is_sent_again_with_its_message_id_when_the_settings_say_so() {
    let world = cut_off(InDoubt::Resend, 1).await;
    let totals = world.run().await;
    assert_eq!((totals.in_doubt, totals.retried, totals.sent), (0, 1, 0));
    later(&world, 2);
    assert_eq!(world.run().await.sent, 1);
    let caught = world.catcher.messages();
    let ids: Vec<_> = caught
        .iter()
        .map(|mail| parsed(&mail.data).message_id().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 2);
    assert_eq!(ids[0], ids[1]);
    assert_eq!(world.count("select count(*) from tasks").await, 0);
    let told = events(&world).await;
    assert!(
        told.ends_with(&[
            "message_in_doubt".to_owned(),
            "doubt_settled resend".to_owned(),
            "message_sent".to_owned()
        ]),
        "{told:?}"
    );
}

#[tokio::test]
async fn what_was_paid_meanwhile_is_not_sent_again() {
    let world = cut_off(InDoubt::Resend, 1).await;
    world.run().await;
    let customer = relance_engine::rules::ids::CustomerId(world.count("select id from customers").await);
    world.pay(customer, "F1", 120_000).await;
    later(&world, 2);
    world.run().await;
    assert_eq!(
        world
            .rows("select state from deliveries order by id limit 1")
            .await,
        ["cancelled"]
    );
    assert_eq!(
        world
            .subjects()
            .iter()
            .filter(|s| s.contains("to be paid"))
            .count(),
        1
    );
}

#[tokio::test]
async fn a_mail_that_is_in_doubt_again_and_again_is_given_to_a_person_in_the_end() {
    let world = cut_off(InDoubt::Resend, 100).await;
    let mut runs = 0;
    while world.count("select count(*) from tasks").await == 0 {
        world.run().await;
        runs += 1;
        let next: chrono::DateTime<chrono::Utc> = sqlx::query_scalar("select not_before from deliveries")
            .fetch_one(&world.db.pool)
            .await
            .unwrap();
        world.clock.set(next.max(world.now()));
        assert!(runs <= 10, "nobody is asked");
    }
    assert_eq!(world.rows("select kind from tasks").await, ["settle_in_doubt"]);
    assert_eq!(world.rows("select state from deliveries").await, ["in_doubt"]);
    assert_eq!(world.catcher.count(), 10);
}

#[tokio::test]
async fn a_mail_in_doubt_that_is_dropped_counts_as_carried_out_and_says_why_in_the_companys_language() {
    for (language, why) in [
        (
            "en",
            "in doubt, and not sent again, as the settings say; it counts as carried out",
        ),
        (
            "fr",
            "en doute, et pas renvoyé, comme le veulent les réglages ; il compte comme fait",
        ),
    ] {
        let world = cut_off(InDoubt::Drop, 1).await;
        sqlx::query("update companies set language = $1")
            .bind(language)
            .execute(&world.db.pool)
            .await
            .unwrap();
        assert_eq!(world.run().await.cancelled, 1);
        assert_eq!(world.rows("select outcome from actions").await, [why]);
        assert!(events(&world).await.contains(&"doubt_settled drop".to_owned()));
        world.run_until("2026-03-06").await;
        assert_eq!(
            world.count("select count(*) from actions").await,
            1,
            "the next level keeps its distance"
        );
        world.run_until("2026-03-09").await;
        assert_eq!(world.rows("select kind from tasks").await, ["call"]);
        assert_eq!(world.catcher.count(), 1);
    }
}

#[tokio::test]
async fn a_post_in_doubt_is_made_again_with_its_key_or_dropped_as_its_address_says() {
    let rules = format!("{RULES}\nmedium whatsapp \"WhatsApp\" = webhook \"gate\"\n").replacen(
        "{ email template reminder }",
        "{ whatsapp template reminder }",
        1,
    );
    for (in_doubt, posts, state) in [
        (InDoubt::Ask, 1, "in_doubt"),
        (InDoubt::Resend, 2, "sent"),
        (InDoubt::Drop, 1, "cancelled"),
    ] {
        let receiver = Receiver::start().await;
        let mut world = World::posting(&rules, receiver.webhooks_that(in_doubt)).await;
        // Mail has its own say.
        set(&mut world, InDoubt::Ask);
        let customer = world.customer("C1", AP).await;
        world.invoice(customer, "F1", "2026-02-02", 120_000).await;
        receiver.will(&[Does::CutsOff]);
        world.run().await;
        later(&world, 2);
        world.run().await;
        assert_eq!(world.rows("select state from deliveries").await, [state]);
        let keys: Vec<String> = receiver
            .came()
            .iter()
            .map(|came| came.headers["idempotency-key"].clone())
            .collect();
        assert_eq!(keys.len(), posts, "{in_doubt:?}");
        assert!(keys.iter().all(|key| *key == keys[0]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_moment_of_the_sending_nothing_is_lost_when_resent_and_nothing_comes_twice_when_dropped()
 {
    for moment in [
        Moment::Begun,
        Moment::HandedOver,
        Moment::RecordWritten,
        Moment::Recorded,
    ] {
        for in_doubt in [InDoubt::Resend, InDoubt::Drop] {
            let mut world = World::new().await;
            set(&mut world, in_doubt);
            for number in 1..=3 {
                let customer = world
                    .customer(&format!("C{number}"), &format!("ap{number}@customer.example"))
                    .await;
                world
                    .invoice(customer, &format!("F{number}"), "2026-02-02", 120_000)
                    .await;
            }
            let mortal = Engine {
                moments: Moments::told_to(move |come| assert!(come != moment, "killed at {come:?}")),
                worker: "mortal".to_owned(),
                ..world.engine.clone()
            };
            review::pass(&world.engine, 10).await.unwrap();
            // A conversation that breaks off ends its own message, not the worker.
            let ended = tokio::spawn(async move { deliver::pass(&mortal, 10).await }).await;
            assert!(ended.is_err() || moment == Moment::HandedOver);
            for _ in 0..3 {
                later(&world, 20);
                world.run().await;
            }
            let mut came = world.recipients();
            came.sort();
            let before = came.len();
            came.dedup();
            match in_doubt {
                InDoubt::Resend => assert_eq!(came.len(), 3, "{moment:?}: nothing is lost"),
                InDoubt::Drop | InDoubt::Ask => {
                    assert_eq!(came.len(), before, "{moment:?}: nothing comes twice")
                }
            }
            assert_eq!(
                world.count("select count(*) from tasks").await,
                0,
                "{moment:?}: nobody is asked"
            );
            let done = "select count(*) from actions where state = 'done'";
            assert_eq!(world.count(done).await, 3, "{moment:?} {in_doubt:?}");
        }
    }
}

//! Limits of the settings: how many messages leave on a way and to a mail domain.

use chrono::TimeDelta;
use relance_engine::deliver;
use relance_engine::engine::Engine;
use relance_engine::limits::{Domains, MailLimits, Rate};
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::review;

use crate::world::{RULES, World, settings};

/// A firm whose mail is limited as a whole and by domain, if not by an empty text.
async fn limited(all: &str, domains: &str) -> World {
    let mut world = World::new().await;
    let settings = SmtpSettings {
        limits: MailLimits {
            all: Rate::read(all),
            domains: Domains::read(domains).unwrap_or_default(),
        },
        ..settings(&world.catcher)
    };
    world.engine.mailer = Mailer::new(settings).unwrap();
    world
}

/// So many customers with a mail domain, each with a message that is decided and waits.
async fn due(world: &World, first: u32, count: u32, domain: &str) {
    for number in first..first + count {
        let customer = world
            .customer(&format!("C{number}"), &format!("ap{number}@{domain}"))
            .await;
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 120_000)
            .await;
    }
    review::pass(&world.engine, 200).await.unwrap();
}

/// How many mails came to a domain.
fn to(world: &World, domain: &str) -> usize {
    world
        .recipients()
        .iter()
        .filter(|to| to.ends_with(&format!("@{domain}")))
        .count()
}

/// Works for so many minutes, a look each ten seconds; how many mails had come to the domain after each minute.
async fn minutes(world: &World, count: u32, domain: &str) -> Vec<usize> {
    let mut came = Vec::new();
    for _ in 0..count {
        for _ in 0..6 {
            world.run().await;
            world.clock.set(world.now() + TimeDelta::seconds(10));
        }
        came.push(to(world, domain));
    }
    came
}

#[tokio::test]
async fn a_hundred_mails_to_one_domain_leave_spread_over_the_time_and_others_at_once() {
    let world = limited("", "orange.fr 20 per minute").await;
    due(&world, 0, 100, "orange.fr").await;
    due(&world, 100, 3, "free.fr").await;
    world.run().await;
    assert_eq!(
        (to(&world, "orange.fr"), to(&world, "free.fr")),
        (1, 3),
        "those behind the hundred do not wait"
    );
    let came = minutes(&world, 7, "orange.fr").await;
    // A look each ten seconds finds one that may leave, as the limit lets none be saved up.
    assert!(came.windows(2).all(|two| two[1] - two[0] <= 20), "{came:?}");
    assert!(came[0] >= 6, "{came:?}");
    let failed = "select count(*) from deliveries where state not in ('queued', 'sent') or attempts > 1 or last_error is not null";
    assert_eq!(world.count(failed).await, 0, "to wait is no failure");
    let mut left = 200;
    while world
        .count("select count(*) from deliveries where state = 'queued'")
        .await
        > 0
    {
        world.run().await;
        world.clock.set(world.now() + TimeDelta::seconds(3));
        left -= 1;
        assert!(left > 0, "all leave in the end");
    }
    assert_eq!(to(&world, "orange.fr"), 100);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_keep_a_limit_together() {
    let world = limited("60 per hour", "").await;
    due(&world, 0, 40, "orange.fr").await;
    let other = Engine {
        worker: "other".to_owned(),
        ..world.engine.clone()
    };
    let start = world.now();
    for _ in 0..6 {
        // Both look at the same moment, each with batches that do not hold all.
        let (one, two) = tokio::join!(deliver::pass(&world.engine, 7), deliver::pass(&other, 7));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert!(one.sent + two.sent <= 1, "{one:?} {two:?}");
        world.clock.set(world.now() + TimeDelta::minutes(1));
    }
    let sent = i64::try_from(world.catcher.count()).unwrap();
    assert!(sent <= (world.now() - start).num_minutes(), "{sent}");
    assert!(sent >= 5, "{sent}: the limit is used");
}

#[tokio::test]
async fn the_oldest_goes_first_and_each_knows_when_its_turn_comes_and_why_it_waits() {
    let world = limited("1 per minute", "").await;
    due(&world, 1, 4, "a.example").await;
    world.run().await;
    assert_eq!(world.recipients(), ["ap1@a.example"]);
    let waits = "select waits_for || ' ' || to_char(not_before at time zone 'UTC', 'HH24:MI') from deliveries where state = 'queued' order by id";
    assert_eq!(
        world.rows(waits).await,
        ["email 08:01", "email 08:02", "email 08:03"]
    );
    for _ in 0..3 {
        world.clock.set(world.now() + TimeDelta::minutes(1));
        world.run().await;
    }
    assert_eq!(
        world.recipients(),
        ["ap1@a.example", "ap2@a.example", "ap3@a.example", "ap4@a.example"]
    );
    assert_eq!(
        world
            .count("select count(*) from deliveries where waits_for is not null")
            .await,
        0
    );
}

#[tokio::test]
async fn what_was_paid_while_it_waited_takes_no_place() {
    let world = limited("1 per minute", "").await;
    due(&world, 1, 3, "a.example").await;
    world.run().await;
    let second = relance_engine::rules::ids::CustomerId(
        world.count("select id from customers where number = 'C2'").await,
    );
    world.pay(second, "F2", 120_000).await;
    for _ in 0..3 {
        world.clock.set(world.now() + TimeDelta::minutes(1));
        world.run().await;
    }
    let reminders: Vec<String> = world.recipients();
    assert!(reminders.contains(&"ap3@a.example".to_owned()), "{reminders:?}");
    assert_eq!(
        world.rows("select state from deliveries d join customers c on c.id = d.customer_id where c.number = 'C2' order by d.id limit 1").await,
        ["cancelled"]
    );
}

#[tokio::test]
async fn what_waits_beyond_its_window_is_called_off_there_and_leaves_the_next_day() {
    let world = limited("1 per hour", "").await;
    world.go_to("2026-03-02 15:30");
    due(&world, 1, 3, "a.example").await;
    // 16:30 in Paris; the window closes at 18:00.
    for _ in 0..12 {
        world.run().await;
        world.clock.set(world.now() + TimeDelta::minutes(15));
    }
    assert_eq!(world.catcher.count(), 2);
    assert_eq!(
        world
            .count("select count(*) from deliveries where state = 'cancelled'")
            .await,
        1
    );
    world.go_to("2026-03-03 08:00");
    world.run().await;
    assert_eq!(world.catcher.count(), 3);
}

#[tokio::test]
async fn posts_to_an_address_have_a_limit_of_their_own() {
    let rules = format!("{RULES}\nmedium whatsapp \"WhatsApp\" = webhook \"gate\"\n").replacen(
        "{ email template reminder }",
        "{ whatsapp template reminder }",
        1,
    );
    let receiver = crate::receiver::Receiver::start().await;
    let world = World::posting(&rules, receiver.webhooks_at(Rate::read("1 per minute"))).await;
    due(&world, 1, 2, "a.example").await;
    world.run().await;
    assert_eq!(receiver.came().len(), 1);
    assert_eq!(
        world
            .rows("select waits_for from deliveries where state = 'queued'")
            .await,
        ["webhook gate"]
    );
    world.clock.set(world.now() + TimeDelta::minutes(1));
    world.run().await;
    assert_eq!(receiver.came().len(), 2);
}

//! A run far larger than usual stops the sending of its company and asks.

use chrono::Days;
use relance_engine::sending::{Breaker, Sending};
use relance_engine::store::breaker::{self, Question};
use relance_engine::store::stops::{self, Scope};
use relance_engine::store::tasks::{self, Closing, TaskKind, TaskOutcome};
use relance_testkit::day;

use crate::world::{RULES, World};

/// More than three times the second busiest day, and more than four messages.
const BREAKER: Breaker = Breaker { factor: 3, least: 4 };

async fn armed(rules: &str) -> World {
    let mut world = World::with(rules).await;
    world.engine.sending = Sending {
        breaker: Some(BREAKER),
        ..Sending::default()
    };
    world
}

/// So many further customers, each with an invoice that is due for its first reminder.
async fn add(world: &World, count: i64) {
    let there = world.count("select count(*) from customers").await;
    let due = world.company.today(world.now()) - Days::new(10);
    for number in there + 1..=there + count {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        let invoice = format!("F{number}");
        world.invoice(customer, &invoice, &due.to_string(), 100_000).await;
    }
}

async fn questions(world: &World) -> Vec<Question> {
    let mut connection = world.connection().await;
    let stops = stops::in_force(&mut connection).await.unwrap();
    stops.into_iter().filter_map(|stop| stop.question).collect()
}

async fn go_on(world: &World) {
    let mut connection = world.connection().await;
    let scope = Scope::Company(world.company.id);
    assert!(
        stops::resume(&mut connection, scope, "claire", world.now())
            .await
            .unwrap()
    );
}

#[tokio::test]
async fn a_first_run_above_the_least_sends_nothing_of_the_batch_that_goes_too_far_until_a_person_agrees() {
    let world = armed(RULES).await;
    add(&world, 5).await;
    let totals = world.run().await;
    assert_eq!((totals.actions, totals.sent), (5, 0));
    let on = day("2026-03-02");
    assert_eq!(
        questions(&world).await,
        [Question {
            on,
            messages: 5,
            usual: 0
        }]
    );
    assert_eq!(
        world
            .rows("select concat_ws(' ', actor, data ->> 'why') from events where kind = 'sending_stopped'")
            .await,
        ["breaker more than 5 messages today, 0 on a busy day: please check"]
    );
    assert_eq!(world.run().await.sent, 0);
    go_on(&world).await;
    assert_eq!(world.run().await.sent, 5);

    add(&world, 10).await;
    assert_eq!(world.run().await.sent, 10, "three times of what was agreed to");
    add(&world, 1).await;
    assert_eq!(world.run().await.sent, 0, "and not more");
    assert_eq!(
        questions(&world).await,
        [Question {
            on,
            messages: 16,
            usual: 0
        }]
    );
}

#[tokio::test]
async fn usual_is_the_second_busiest_day_of_four_weeks() {
    let world = armed(RULES).await;
    // Monday to Wednesday: 2, 3 and 4 messages, none of them too many.
    for (moment, count) in [
        ("2026-03-02 08:00", 2),
        ("2026-03-03 08:00", 3),
        ("2026-03-04 08:00", 4),
    ] {
        world.go_to(moment);
        add(&world, count).await;
        assert_eq!(i64::from(world.run().await.sent), count);
    }
    let mut connection = world.connection().await;
    let standing = breaker::standing(&mut connection, world.company.id, day("2026-03-05"))
        .await
        .unwrap();
    assert_eq!((standing.messages, standing.usual), (0, 3));
    world.go_to("2026-03-05 08:00");
    add(&world, 9).await;
    assert_eq!(world.run().await.sent, 9, "three times the usual");
    add(&world, 1).await;
    assert_eq!(world.run().await.sent, 0);
    assert_eq!(questions(&world).await[0].usual, 3);
    for (later, usual) in [("2026-04-01", 4), ("2026-04-02", 0)] {
        let standing = breaker::standing(&mut connection, world.company.id, day(later)).await;
        assert_eq!(standing.unwrap().usual, usual, "{later}");
    }
}

#[tokio::test]
async fn a_day_whose_run_was_dropped_is_none_of_the_usual_ones() {
    let world = armed(RULES).await;
    let mut connection = world.connection().await;
    for moment in ["2026-03-02 08:00", "2026-03-03 08:00"] {
        world.go_to(moment);
        add(&world, 5).await;
        world.run().await;
        breaker::dropped(&mut connection, world.company.id).await.unwrap();
        go_on(&world).await;
    }
    let standing = breaker::standing(&mut connection, world.company.id, day("2026-03-04")).await;
    assert_eq!(standing.unwrap().usual, 0);
}

#[tokio::test]
async fn what_a_person_approved_is_not_asked_about_again() {
    let acts = "{ email template reminder; approve by credit_manager within 4 days }";
    let world = armed(&RULES.replace("{ email template reminder }", acts)).await;
    add(&world, 6).await;
    world.run().await;
    let mut connection = world.connection().await;
    let asked = tasks::open_of(&mut connection, world.company.id, TaskKind::Approval, None)
        .await
        .unwrap();
    let closing = Closing {
        kind: TaskKind::Approval,
        outcome: TaskOutcome::Approved,
        note: "",
    };
    let now = world.now();
    let closed = tasks::close_many(&mut connection, &world.company, &asked, closing, "claire", now).await;
    assert_eq!(closed.unwrap(), 6);
    assert_eq!(world.run().await.sent, 6);
    assert_eq!(questions(&world).await, []);
}

#[tokio::test]
async fn the_question_stands_beside_a_stop_that_a_person_made_before_and_both_end_together() {
    let world = armed(RULES).await;
    let scope = Scope::Company(world.company.id);
    stops::stop(&world.db.pool, scope, "wrong", "claire", world.now())
        .await
        .unwrap();
    add(&world, 5).await;
    world.run().await;
    let mut connection = world.connection().await;
    assert_eq!(stops::in_force(&mut connection).await.unwrap().len(), 2);
    go_on(&world).await;
    assert_eq!(world.run().await.sent, 5);
}

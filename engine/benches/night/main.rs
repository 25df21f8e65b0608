//! A night: a portfolio in the middle of its life, of which everything is due - five segments, five levels, a score - is reviewed, at several sizes and with
//! one worker and two. Measured are seconds and the processor time of this program and the database server together, for one account, as a ratio to the
//! smallest portfolio: what one account costs must not depend on how many others there are.
//!
//! `cargo bench -p relance-engine --bench night`, or with numbers of customers behind `--`; each has ten open invoices.

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark measures real time, prints, and stops when it cannot be set up"
)]

mod processor;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use processor::Processor;
use relance_engine::bell::Bell;
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::Moments;
use relance_engine::openings::Openings;
use relance_engine::review;
use relance_engine::rulebooks::{PutInForce, Rulebooks, put_in_force};
use relance_engine::rules::rulebook::Files;
use relance_engine::sending::Sending;
use relance_testkit::{TestDb, at, portfolio};

const RULES: &str = include_str!("rules.relance");
const PORTFOLIO: &str = include_str!("portfolio.sql");
const TEMPLATE: &str =
    "---\nsubject: \"Facture en attente de règlement\"\n---\nBonjour,\n\n{{ table(invoices) }}\n";

/// The portfolio in a database of its own, with the rules in force.
struct Night {
    db: TestDb,
    engine: Engine,
}

impl Night {
    async fn new(customers: u32) -> Self {
        let db = TestDb::new().await;
        let clock = ManualClock::new(at("2026-03-02 08:00"));
        let rulebooks = Rulebooks::load(&db.pool, Webhooks::default().ways())
            .await
            .unwrap();
        let files = BTreeMap::from([
            ("rules.relance".to_owned(), RULES.to_owned()),
            ("templates/reminder.fr.md".to_owned(), TEMPLATE.to_owned()),
        ]);
        let put = put_in_force(&rulebooks, &db.pool, &Files(files), "bench", clock.now())
            .await
            .unwrap();
        assert!(matches!(put, PutInForce::New(_)), "{put:?}");
        let mut connection = db.pool.acquire().await.unwrap();
        portfolio::company(&mut connection, "ALFR", clock.now()).await;
        sqlx::query("select set_config('night.customers', $1, false)")
            .bind(customers.to_string())
            .execute(&mut *connection)
            .await
            .unwrap();
        sqlx::raw_sql(PORTFOLIO).execute(&mut *connection).await.unwrap();
        sqlx::raw_sql("vacuum analyze")
            .execute(&mut *connection)
            .await
            .unwrap();
        drop(connection);
        let engine = Engine {
            pool: db.pool.clone(),
            clock: Clock::Manual(clock),
            rulebooks,
            mailer: Mailer::new(SmtpSettings::local(9)).unwrap(),
            webhooks: Webhooks::default(),
            openings: Openings::default(),
            moments: Moments::default(),
            sending: Sending {
                breaker: None,
                ..Sending::default()
            },
            bell: Bell::default(),
            meters: Meters::default(),
            worker: "bench".to_owned(),
        };
        Self { db, engine }
    }

    /// Reviews all that is due, with so many workers.
    async fn review(&self, workers: usize) -> Measured {
        let server = Processor::of_server(&self.db.pool).await;
        let before = server.used();
        let began = Instant::now();
        let work = (0..workers).map(|_| {
            let engine = self.engine.clone();
            tokio::spawn(async move { while review::pass(&engine, 200).await.unwrap().more {} })
        });
        for worker in work.collect::<Vec<_>>() {
            worker.await.unwrap();
        }
        Measured {
            wall: began.elapsed(),
            processor: server.used() - before,
        }
    }

    /// How many messages were decided tonight.
    async fn decided(&self) -> i64 {
        sqlx::query_scalar("select count(*) from deliveries where state = 'queued'")
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }
}

/// What something took.
#[derive(Debug, Clone, Copy)]
struct Measured {
    wall: Duration,
    processor: Duration,
}

#[tokio::main]
async fn main() {
    let sizes: Vec<u32> = std::env::args().filter_map(|given| given.parse().ok()).collect();
    let sizes = if sizes.is_empty() {
        vec![1_000, 4_000, 16_000]
    } else {
        sizes
    };
    println!("open invoices  workers  seconds  invoices/s  ms of processor for an account  ... to the first");
    let mut first = None;
    for customers in sizes {
        for workers in [1, 2] {
            let night = Night::new(customers).await;
            let all = night.review(workers).await;
            assert_eq!(night.decided().await, i64::from(customers), "one message to each");
            let of_one = all.processor.as_secs_f64() * 1000.0 / f64::from(customers);
            let to_first = of_one / *first.get_or_insert(of_one);
            let (invoices, seconds) = (customers * 10, all.wall.as_secs_f64());
            println!(
                "{invoices:>13}  {workers:>7}  {seconds:>7.2}  {:>10.0}  {of_one:>31.3}  {to_first:>16.2}",
                f64::from(invoices) / seconds
            );
            let nothing = night.review(workers).await;
            println!(
                "               nothing due: {:.1} ms",
                nothing.wall.as_secs_f64() * 1000.0
            );
        }
    }
}

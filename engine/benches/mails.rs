//! 3,000 reminders to 3,000 customers in one run, from the review to the mail server's "250", as a ratio to a bare lettre loop that
//! sends the same 3,000 mails to the same local server. Rounds are interleaved; each figure is the median of three.
//!
//! `cargo bench -p relance-engine --bench mails`

#![allow(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    clippy::float_arithmetic,
    reason = "a benchmark measures real time, prints, and stops when it cannot be set up"
)]

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use lettre::address::Envelope;
use lettre::transport::smtp::client::AsyncSmtpConnection;
use lettre::transport::smtp::extension::ClientId;
use relance_engine::bell::Bell;
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::catcher::{Catcher, Caught};
use relance_engine::media::email::Mailer;
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::Moments;
use relance_engine::openings::Openings;
use relance_engine::review;
use relance_engine::rulebooks::{PutInForce, Rulebooks, put_in_force};
use relance_engine::rules::rulebook::Files;
use relance_engine::run;
use relance_engine::sending::Sending;
use relance_engine::store::{contacts, customers, invoices};
use relance_testkit::{TestDb, at, day, portfolio};
use tokio::net::TcpStream;

const MAILS: usize = 3_000;
const ROUNDS: usize = 3;

const RULES: &str = r#"edition 2026
segments { everyone "Everyone" otherwise }
calendar office "Office" { closed on saturday, sunday }
scenario plain "Plain" for everyone {
  language  contact.language else customer.language else fr
  send      on business days of office, 08:00 to 18:00, company time
  contact   role accounts_payable else main
  limit     1 message per 5 days
  hold      while disputed, promised, or unallocated cash covers it
  dunning {
    level 1 reminder "Relance" 5 days after due     { email template reminder }
    level 2 second   "Rappel" 10 days after level 1 { email template reminder tone firm }
  }
}
"#;

const TEMPLATE: &str = "---\nsubject: \"Facture en attente de règlement - {{ company.name }}\"\n---\nBonjour {{ contact.name }},\n\n\
    Sauf erreur de notre part, nous n'avons pas encore reçu le règlement de :\n\n{{ table(invoices) }}\n\nSoit {{ total }} au \
    {{ today | date }}. Merci de bien vouloir procéder au règlement dans les prochains jours.\n\nCordialement,\n\n{{ sender_name }}\n";

async fn engine(db: &TestDb, catcher: &Catcher) -> Engine {
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
    Engine {
        pool: db.pool.clone(),
        clock: Clock::Manual(clock),
        rulebooks,
        mailer: Mailer::new(catcher.settings()).unwrap(),
        webhooks: Webhooks::default(),
        openings: Openings::default(),
        moments: Moments::default(),
        sending: Sending::default(),
        bell: Bell::default(),
        meters: Meters::default(),
        worker: "bench".to_owned(),
    }
}

/// Customers with a contact and an overdue invoice each.
async fn fill(db: &TestDb, engine: &Engine) {
    let now = engine.clock.now();
    let mut connection = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut connection, "ALFR", now).await;
    let new: Vec<_> = (0..MAILS)
        .map(|n| portfolio::new_customer(&format!("C{n:05}")))
        .collect();
    let stored = customers::upsert_many(&mut connection, &company, &new, now)
        .await
        .unwrap();
    let ids: Vec<_> = stored.into_iter().map(|(id, _)| id).collect();
    let new: Vec<_> = ids
        .iter()
        .zip(0..)
        .map(|(id, n)| portfolio::new_contact(*id, &format!("ap{n:05}@customer.example")))
        .collect();
    contacts::upsert_many(&mut connection, &company, &new, now)
        .await
        .unwrap();
    for (id, n) in ids.iter().zip(0i64..) {
        let invoice = portfolio::new_invoice(*id, &format!("F{n:05}"), day("2026-02-02"), 10_000 + n);
        invoices::upsert(&mut connection, &company, &invoice, "bench", now)
            .await
            .unwrap();
    }
    sqlx::query("analyze").execute(&mut *connection).await.unwrap();
}

/// lettre's own conversation over kept connections, one or several at a time. Like the engine's, the sockets do not hold small
/// writes back: lettre's pooled transport does, and then waits for the server's delayed acknowledgement in each mail.
async fn bare(catcher: &Catcher, mails: &[Caught], at_a_time: usize) -> Duration {
    let hello = ClientId::default();
    let started = Instant::now();
    let share = mails.len().div_ceil(at_a_time);
    let hello = &hello;
    let loops = mails.chunks(share).map(|mails| async move {
        let stream = TcpStream::connect(catcher.address()).await.unwrap();
        stream.set_nodelay(true).unwrap();
        let mut connection = AsyncSmtpConnection::connect_with_transport(Box::new(stream), hello)
            .await
            .unwrap();
        for mail in mails {
            let to = mail.to.iter().map(|to| to.parse().unwrap()).collect();
            let envelope = Envelope::new(Some(mail.from.parse().unwrap()), to).unwrap();
            connection.send(&envelope, &mail.data).await.unwrap();
        }
    });
    futures::future::join_all(loops).await;
    started.elapsed()
}

fn median(mut figures: Vec<Duration>) -> f64 {
    figures.sort();
    figures[figures.len() / 2].as_secs_f64()
}

#[tokio::main]
async fn main() {
    let (mut whole, mut reviews, mut alone, mut four) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let db = TestDb::new().await;
        let catcher = Catcher::start(0).await.unwrap();
        let engine = engine(&db, &catcher).await;
        fill(&db, &engine).await;
        let started = Instant::now();
        while review::pass(&engine, 200).await.unwrap().more {}
        reviews.push(started.elapsed());
        let totals = run::until_idle(&engine).await.unwrap();
        whole.push(started.elapsed());
        assert_eq!((totals.sent as usize, catcher.count()), (MAILS, MAILS));
        let mails = catcher.messages();
        alone.push(bare(&catcher, &mails, 1).await);
        four.push(bare(&catcher, &mails, 4).await);
        assert_eq!(catcher.count(), 3 * MAILS);
        println!(
            "round {round}: engine {:?} (of which review {:?}), lettre one by one {:?}, lettre four at a time {:?}",
            whole[round], reviews[round], alone[round], four[round]
        );
    }
    let (whole, reviews, alone, four) = (median(whole), median(reviews), median(alone), median(four));
    println!(
        "engine, review to 250:    {whole:.2} s ({:.0} mails/s), first review {reviews:.2} s",
        MAILS as f64 / whole
    );
    println!(
        "lettre, one by one:       {alone:.2} s; the engine takes {:.2} times as long",
        whole / alone
    );
    println!(
        "lettre, four at a time:   {four:.2} s; the engine takes {:.2} times as long",
        whole / four
    );
}

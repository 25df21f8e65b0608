//! What `facts::load` gives, and to whom.

#![allow(
    clippy::inconsistent_digit_grouping,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on has failed; 100_00 are cents, read as euros"
)]

use relance_engine::rules::facts::{Opening, Progress, ProgressState, SentMessage, Work};
use relance_engine::rules::ids::{CustomerId, InvoiceId};
use relance_engine::rules::promises::Grace;
use relance_engine::store::companies::Company;
use relance_engine::store::{StoreError, facts};
use relance_testkit::portfolio::{self, eur};
use relance_testkit::{TestDb, at, day};
use sqlx::PgPool;

const NOW: &str = "2026-03-10 09:00";

/// An action of the engine for one invoice, as far as facts depend on it; gives its id.
struct Done<'a> {
    step: &'a str,
    level: Option<i32>,
    kind: &'a str,
    state: &'a str,
    decided: &'a str,
    closed: Option<&'a str>,
    cycle: i32,
    moves: bool,
}

const REMINDER: Done<'static> = Done {
    step: "reminder",
    level: Some(1),
    kind: "email",
    state: "done",
    decided: "2026-03-01 08:00",
    closed: Some("2026-03-01 08:05"),
    cycle: 1,
    moves: true,
};

async fn act(
    pool: &PgPool,
    company: &Company,
    customer: CustomerId,
    invoice: InvoiceId,
    done: &Done<'_>,
) -> i64 {
    sqlx::query(
        "insert into rulebook_revisions (content_hash, files, put_in_force_at, put_in_force_by)
         select repeat('0', 64), '{}', now(), 'test' where not exists (select from rulebook_revisions)",
    )
    .execute(pool)
    .await
    .unwrap();
    let id: i64 = sqlx::query_scalar(
        "insert into actions (company_id, customer_id, scenario, step, title, level, act, kind, detail, state, decided_at,
                              closed_at, revision_id, reasons)
         select $1, $2, 'standard', $3, $3, $4, 0, $5, '{}', $6, $7, $8, id, '[]' from rulebook_revisions returning id",
    )
    .bind(company.id.0)
    .bind(customer.0)
    .bind(done.step)
    .bind(done.level)
    .bind(done.kind)
    .bind(done.state)
    .bind(at(done.decided))
    .bind(done.closed.map(at))
    .fetch_one(pool)
    .await
    .unwrap();
    sqlx::query(
        "insert into action_items (company_id, action_id, invoice_id, cycle, scenario, step, level, act, balance, currency,
                                   moves, live)
         values ($1, $2, $3, $4, 'standard', $5, $6, 0, 10, 'EUR', $7, $8)",
    )
    .bind(company.id.0)
    .bind(id)
    .bind(invoice.0)
    .bind(done.cycle)
    .bind(done.step)
    .bind(done.level)
    .bind(done.moves)
    .bind(!matches!(done.state, "failed" | "cancelled"))
    .execute(pool)
    .await
    .unwrap();
    id
}

async fn deliver(
    pool: &PgPool,
    company: &Company,
    customer: CustomerId,
    action: i64,
    state: &str,
    sent: Option<&str>,
) {
    sqlx::query(
        "insert into deliveries (company_id, action_id, customer_id, medium, idempotency_key, state, not_before, sent_at,
                                 recipient, subject, body_text, created_at)
         values ($1, $2, $3, 'email', $2::text, $4, now(), $5, 'a@b', 's', 't', now())",
    )
    .bind(company.id.0)
    .bind(action)
    .bind(customer.0)
    .bind(state)
    .bind(sent.map(at))
    .execute(pool)
    .await
    .unwrap();
}

fn progress(step: &str, level: Option<u8>, state: ProgressState, moment: &str) -> Progress {
    Progress {
        work: Work::Message,
        outcome: None,
        resumed: None,
        until: None,
        link: 0,
        opening: Opening::Unknown,
        scenario: "standard".to_owned(),
        step: step.to_owned(),
        level,
        act: 0,
        state,
        at: at(moment),
    }
}

#[tokio::test]
async fn progress_is_of_the_present_cycle_oldest_first_and_without_tasks_that_move_nothing() {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    let customer = portfolio::customer(&mut conn, &company, "C1", at(NOW)).await;
    let due = day("2026-02-01");
    let invoice = portfolio::invoice(&mut conn, &company, customer, "F1", due, 100_00, at(NOW)).await;
    sqlx::query("update invoices set cycle = 2")
        .execute(&db.pool)
        .await
        .unwrap();
    let second = |done: Done<'static>| Done { cycle: 2, ..done };
    for done in [
        REMINDER,
        second(Done {
            step: "second",
            level: Some(2),
            decided: "2026-03-09 08:00",
            closed: None,
            state: "pending",
            ..REMINDER
        }),
        second(Done {
            state: "cancelled",
            decided: "2026-03-02 08:00",
            closed: Some("2026-03-02 09:00"),
            ..REMINDER
        }),
        second(Done {
            decided: "2026-03-03 08:00",
            closed: Some("2026-03-03 08:05"),
            ..REMINDER
        }),
        second(Done {
            step: "fix",
            kind: "fix_contact",
            moves: false,
            ..REMINDER
        }),
    ] {
        act(&db.pool, &company, customer, invoice, &done).await;
    }
    let loaded = facts::load(&mut conn, &company, &[customer], &Grace::default(), at(NOW))
        .await
        .unwrap();
    assert_eq!(
        loaded[0].invoices[0].progress,
        [
            progress("reminder", Some(1), ProgressState::Cancelled, "2026-03-02 09:00"),
            progress("reminder", Some(1), ProgressState::Done, "2026-03-03 08:05"),
            progress("second", Some(2), ProgressState::Pending, "2026-03-09 08:00"),
        ]
    );
}

#[tokio::test]
async fn messages_are_those_sent_or_perhaps_sent_in_the_last_hundred_days_newest_first() {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    let customer = portfolio::customer(&mut conn, &company, "C1", at(NOW)).await;
    let due = day("2026-02-01");
    let invoice = portfolio::invoice(&mut conn, &company, customer, "F1", due, 100_00, at(NOW)).await;
    for (cycle, step, action, delivery, sent) in [
        (1, "old", "done", "sent", Some("2025-11-01 08:00")),
        (2, "reminder", "done", "sent", Some("2026-02-10 08:00")),
        (3, "doubtful", "in_doubt", "in_doubt", None),
        (4, "refused", "failed", "failed", None),
        (5, "waiting", "pending", "queued", None),
    ] {
        let closed = matches!(action, "done" | "failed").then_some("2026-03-05 08:00");
        let done = Done {
            step,
            cycle,
            state: action,
            decided: "2026-03-05 08:00",
            closed,
            ..REMINDER
        };
        let id = act(&db.pool, &company, customer, invoice, &done).await;
        deliver(&db.pool, &company, customer, id, delivery, sent).await;
    }
    let loaded = facts::load(&mut conn, &company, &[customer], &Grace::default(), at(NOW))
        .await
        .unwrap();
    let message = |moment: &str, step: &str| SentMessage {
        at: at(moment),
        scenario: "standard".to_owned(),
        step: step.to_owned(),
    };
    assert_eq!(
        loaded[0].messages,
        [
            message("2026-03-05 08:00", "doubtful"),
            message("2026-02-10 08:00", "reminder")
        ]
    );
}

#[tokio::test]
async fn accounts_come_in_input_order_and_know_nothing_of_each_other() {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    let other = portfolio::company(&mut conn, "ALDE", at(NOW)).await;
    let mut ids = Vec::new();
    for number in ["C1", "C2", "C3"] {
        let id = portfolio::customer(&mut conn, &company, number, at(NOW)).await;
        let due = day("2026-02-01");
        portfolio::invoice(
            &mut conn,
            &company,
            id,
            &format!("F-{number}"),
            due,
            10_00,
            at(NOW),
        )
        .await;
        ids.push(id);
    }
    let stranger = portfolio::customer(&mut conn, &other, "C1", at(NOW)).await;
    portfolio::invoice(
        &mut conn,
        &other,
        stranger,
        "F-C1",
        day("2026-02-01"),
        99_00,
        at(NOW),
    )
    .await;
    ids.reverse();
    let loaded = facts::load(&mut conn, &company, &ids, &Grace::default(), at(NOW))
        .await
        .unwrap();
    let seen: Vec<(&str, &str)> = loaded
        .iter()
        .map(|f| (f.customer.number.as_str(), f.invoices[0].number.as_str()))
        .collect();
    assert_eq!(seen, [("C3", "F-C3"), ("C2", "F-C2"), ("C1", "F-C1")]);
    assert!(
        loaded
            .iter()
            .all(|f| f.invoices.len() == 1 && f.invoices[0].balance == eur(10_00))
    );
    let missing = facts::load(&mut conn, &company, &[stranger], &Grace::default(), at(NOW)).await;
    assert!(matches!(missing, Err(StoreError::NotFound { .. })));
    assert!(
        facts::load(&mut conn, &company, &[], &Grace::default(), at(NOW))
            .await
            .unwrap()
            .is_empty()
    );
}

#[tokio::test]
async fn paid_invoices_stay_for_sixty_days_and_count_for_twelve_months() {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    let customer = portfolio::customer(&mut conn, &company, "C1", at(NOW)).await;
    for (number, due, paid) in [
        ("F1", "2026-02-01", "2026-02-01"),
        ("F2", "2026-01-01", "2026-01-08"),
        ("F3", "2025-05-01", "2025-05-31"),
        ("F4", "2025-02-01", "2025-03-10"),
    ] {
        portfolio::invoice(&mut conn, &company, customer, number, day(due), 10_00, at(NOW)).await;
        let payment = relance_engine::store::payments::NewPayment {
            customer,
            reference: number.to_owned(),
            received_on: day(paid),
            amount: eur(10_00),
            note: None,
            pays: vec![relance_engine::store::payments::Pays {
                invoice: number.to_owned(),
                amount: None,
            }],
        };
        relance_engine::store::payments::receive(&mut conn, &company, &payment, "test", at(NOW))
            .await
            .unwrap();
    }
    let loaded = facts::load(&mut conn, &company, &[customer], &Grace::default(), at(NOW))
        .await
        .unwrap();
    let numbers: Vec<&str> = loaded[0].invoices.iter().map(|i| i.number.as_str()).collect();
    assert_eq!(numbers, ["F1"]);
    let history = &loaded[0].history;
    assert_eq!((history.paid_12m, history.on_time_12m), (3, 1));
    assert_eq!(history.average_days_late.unwrap().to_string(), "12.33");
    assert_eq!(history.invoiced_12m, [eur(30_00)]);
}

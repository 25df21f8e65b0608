//! The read models: ageing at its edges, currencies, search and sort, and that no company sees another's books.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on has failed"
)]

use chrono::NaiveDate;
use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::rules::ids::CustomerId;
use relance_engine::rules::priority;
use relance_engine::rules::promises::Grace;
use relance_engine::store::companies::Company;
use relance_engine::store::tasks::{NewTask, open_many};
use relance_engine::store::{facts, invoices, rates};
use relance_engine::views::ageing;
use relance_engine::views::customer;
use relance_engine::views::customers::{self, CustomerQuery, CustomerSort};
use relance_engine::views::states::TaskState;
use relance_engine::views::tasks::{self, TaskLine, TaskQuery};
use relance_testkit::portfolio::{self, eur, new_invoice};
use relance_testkit::{TestDb, at, day};
use rust_decimal::Decimal;
use sqlx::PgConnection;

const NOW: &str = "2026-03-10 09:00";

async fn owe(connection: &mut PgConnection, company: &Company, number: &str, due: &str, amount: Money) {
    let customer = portfolio::customer(connection, company, number, at(NOW)).await;
    let invoice = format!("F-{number}-{due}-{}", amount.currency);
    let new = invoices::NewInvoice {
        amount,
        ..new_invoice(customer, &invoice, day(due), 0)
    };
    invoices::upsert(connection, company, &new, "test", at(NOW))
        .await
        .unwrap();
}

fn query(search: &str, sort: CustomerSort, descending: bool) -> CustomerQuery<'_> {
    CustomerQuery {
        search,
        overdue_only: false,
        segment: None,
        sort,
        descending,
        offset: 0,
        limit: 10,
    }
}

#[tokio::test]
async fn an_invoice_is_not_overdue_on_its_due_date_and_moves_on_after_30_60_and_90_days() {
    let db = TestDb::new().await;
    let mut c = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut c, "ALFR", at(NOW)).await;
    let today: NaiveDate = day("2026-03-10");
    for days in [-1, 0, 1, 30, 31, 60, 61, 90, 91] {
        let due = today - chrono::TimeDelta::days(days);
        owe(&mut c, &company, "C1", &due.to_string(), eur(100)).await;
    }
    let portfolio = ageing::portfolio(&mut c, company.id, company.currency, None, today)
        .await
        .unwrap();
    let counts: Vec<i64> = portfolio.converted.buckets.iter().map(|b| b.invoices).collect();
    assert_eq!(counts, [2, 2, 2, 2, 1]);
    assert_eq!(portfolio.converted.outstanding(), eur(900));
    assert_eq!(portfolio.converted.overdue(), eur(700));
}

#[tokio::test]
async fn other_currencies_are_read_by_the_rate_of_the_day_and_those_without_one_are_told() {
    let db = TestDb::new().await;
    let mut c = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut c, "ALFR", at(NOW)).await;
    let currency = |code| Currency::new(code).unwrap();
    let (usd, gbp) = (currency("USD"), currency("GBP"));
    for (from, rate) in [("2026-01-01", 50), ("2026-03-01", 90), ("2026-04-01", 10)] {
        let rate = Decimal::new(rate, 2);
        rates::upsert(&mut c, &company, usd, day(from), rate, at(NOW))
            .await
            .unwrap();
    }
    owe(&mut c, &company, "C1", "2026-03-01", eur(10_000)).await;
    owe(
        &mut c,
        &company,
        "C1",
        "2026-03-01",
        Money::new(Decimal::from(200), usd),
    )
    .await;
    owe(
        &mut c,
        &company,
        "C2",
        "2026-03-01",
        Money::new(Decimal::from(300), gbp),
    )
    .await;
    let today = day("2026-03-10");
    let portfolio = ageing::portfolio(&mut c, company.id, company.currency, None, today)
        .await
        .unwrap();
    assert_eq!(portfolio.converted.outstanding(), eur(28_000));
    assert_eq!(portfolio.without_rate, [gbp]);
    assert_eq!(portfolio.by_currency.len(), 3);

    let asked = query("", CustomerSort::Outstanding, true);
    let page = customers::list(&mut c, company.id, company.currency, today, &asked)
        .await
        .unwrap();
    let rows: Vec<_> = page
        .rows
        .iter()
        .map(|r| (r.number.as_str(), r.outstanding, r.incomplete))
        .collect();
    assert_eq!(rows, [("C1", eur(28_000), false), ("C2", eur(0), true)]);
}

#[tokio::test]
async fn customers_are_found_by_name_number_and_invoice_and_pages_know_the_whole_number() {
    let db = TestDb::new().await;
    let mut c = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut c, "ALFR", at(NOW)).await;
    for (number, cents) in [("C1", 300), ("C2", 100), ("C3", 200)] {
        owe(&mut c, &company, number, "2026-02-01", eur(cents)).await;
    }
    let today = day("2026-03-10");
    let mut found = async |asked: CustomerQuery<'_>| {
        let page = customers::list(&mut c, company.id, company.currency, today, &asked)
            .await
            .unwrap();
        let numbers: Vec<String> = page.rows.into_iter().map(|r| r.number).collect();
        (numbers.join(" "), page.total)
    };
    assert_eq!(
        found(query("customer c2", CustomerSort::Name, false)).await.0,
        "C2"
    );
    assert_eq!(found(query("f-c3-", CustomerSort::Name, false)).await.0, "C3");
    assert_eq!(
        found(query("100%", CustomerSort::Name, false)).await,
        (String::new(), 0)
    );
    assert_eq!(found(query("", CustomerSort::Overdue, true)).await.0, "C1 C3 C2");
    assert_eq!(found(query("", CustomerSort::Overdue, false)).await.0, "C2 C3 C1");
    assert_eq!(found(query("", CustomerSort::Number, true)).await.0, "C3 C2 C1");
    let second = CustomerQuery {
        offset: 1,
        limit: 1,
        ..query("", CustomerSort::Number, false)
    };
    assert_eq!(found(second).await, ("C2".to_owned(), 3));
}

#[tokio::test]
async fn a_company_never_sees_the_books_of_another() {
    let db = TestDb::new().await;
    let mut c = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut c, "ALFR", at(NOW)).await;
    let other = portfolio::company(&mut c, "ALUK", at(NOW)).await;
    owe(&mut c, &company, "C1", "2026-02-01", eur(300)).await;
    let today = day("2026-03-10");
    let theirs = ageing::portfolio(&mut c, other.id, other.currency, None, today)
        .await
        .unwrap();
    assert_eq!(theirs.converted.invoices(), 0);
    assert_eq!(customer::head(&mut c, other.id, "C1").await.unwrap(), None);
    assert!(customer::head(&mut c, company.id, "C1").await.unwrap().is_some());
}

#[tokio::test]
async fn the_work_list_and_the_explanation_of_an_account_work_out_the_same_priority() {
    let db = TestDb::new().await;
    let mut c = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut c, "ALFR", at(NOW)).await;
    let today = day("2026-03-10");
    let currency = |code| Currency::new(code).unwrap();
    let foreign = |cents, code| Money::new(Decimal::new(cents, 2), currency(code));
    rates::upsert(
        &mut c,
        &company,
        currency("USD"),
        day("2026-03-01"),
        "0.873".parse().unwrap(),
        at(NOW),
    )
    .await
    .unwrap();
    // Of pounds nobody knows the rate.
    for (due, amount) in [
        ("2026-01-12", eur(99_999)),
        ("2026-02-11", foreign(12_345, "USD")),
        ("2026-02-12", foreign(50_000, "GBP")),
        ("2026-03-10", eur(77_700)),
    ] {
        owe(&mut c, &company, "C1", due, amount).await;
    }
    let customer = portfolio::customer(&mut c, &company, "C1", at(NOW)).await;
    ask_to_look(&mut c, &company, customer, "2026-03-10").await;
    for promise in ["none", "broken", "open"] {
        if promise != "none" {
            sqlx::query(
                "insert into promises (company_id, invoice_id, customer_id, amount, pay_by, made_on, state, closed_on, taken_by, created_at)
                 select company_id, id, customer_id, 10, '2026-02-20', '2026-02-12', $2, case when $2 = 'broken' then date '2026-02-21' end, 'anna', $1
                 from invoices where number like '%EUR' and due = '2026-01-12'",
            )
            .bind(at(NOW))
            .bind(promise)
            .execute(&mut *c)
            .await
            .unwrap();
        }
        let loaded = facts::load(&mut c, &company, &[customer], &Grace::default(), at(NOW)).await;
        let explained = priority::of_account(&loaded.unwrap()[0], None, today);
        let query = TaskQuery {
            state: TaskState::Open,
            kind: None,
            role: None,
            customer: None,
            offset: 0,
            limit: 10,
        };
        let (listed, _) = tasks::list(&mut c, company.id, company.currency, today, &query)
            .await
            .unwrap();
        assert_eq!(listed[0].priority, Some(explained), "{promise}");
        // 999.99 + 123.45 x 0.873 = 1107.76.
        assert_eq!(explained.amount, Decimal::new(110_776, 2));
    }
}

async fn ask_to_look(c: &mut PgConnection, company: &Company, customer: CustomerId, due: &str) {
    let new = NewTask {
        customer,
        action: None,
        kind: relance_engine::store::tasks::TaskKind::Attention,
        title: "look".to_owned(),
        script: None,
        assign_role: "collector".to_owned(),
        contact: None,
        due_on: day(due),
    };
    open_many(c, company, &[new], at(NOW)).await.unwrap();
}

/// The open tasks on 2026-03-10 in order, with their priorities.
async fn work_list(c: &mut PgConnection, company: &Company) -> Vec<String> {
    let query = TaskQuery {
        state: TaskState::Open,
        kind: None,
        role: None,
        customer: None,
        offset: 0,
        limit: 10,
    };
    let today = day("2026-03-10");
    let (lines, _) = tasks::list(c, company.id, company.currency, today, &query)
        .await
        .unwrap();
    let shown = |line: TaskLine| format!("{} {}", line.customer, line.priority.unwrap().value);
    lines.into_iter().map(shown).collect()
}

#[tokio::test]
async fn the_work_list_goes_by_amount_age_risk_and_promises_and_what_is_to_come_by_its_day() {
    let db = TestDb::new().await;
    let mut c = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut c, "ALFR", at(NOW)).await;
    // 1000 EUR that are 30 days old weigh as much as 2000 EUR of today, and more after a broken promise.
    for (number, due, euros, task_due) in [
        ("C1", "2026-03-10", 9_999, "2026-03-10"),
        ("C2", "2026-02-08", 1_000, "2026-03-10"),
        ("C3", "2026-02-08", 1_100, "2026-03-09"),
        ("C4", "2026-02-08", 1_000, "2026-03-10"),
        ("C5", "2026-02-08", 50_000, "2026-03-11"),
    ] {
        owe(&mut c, &company, number, due, eur(euros * 100)).await;
        let customer = portfolio::customer(&mut c, &company, number, at(NOW)).await;
        ask_to_look(&mut c, &company, customer, task_due).await;
    }
    sqlx::query(
        "insert into promises (company_id, invoice_id, customer_id, amount, pay_by, made_on, state, closed_on, taken_by, created_at)
         select company_id, id, customer_id, 10, '2026-02-20', '2026-02-12', 'broken', '2026-02-21', 'anna', $1
         from invoices where number like 'F-C4-%'",
    )
    .bind(at(NOW))
    .execute(&mut *c)
    .await
    .unwrap();
    sqlx::query("insert into accounts (company_id, customer_id, risk) select company_id, id, 1.2 from customers where number = 'C3'
                 on conflict (company_id, customer_id) do update set risk = 1.2")
        .execute(&mut *c)
        .await
        .unwrap();
    // Worked out: 1000 x 2 x 1.5 x 1.5 = 4500; 1000 x 2 x 1.5 = 3000; 1100 x 2 x 1.2 = 2640; nothing overdue; not due before tomorrow.
    assert_eq!(
        work_list(&mut c, &company).await,
        ["C4 4500", "C2 3000", "C3 2640", "C1 0", "C5 150000"]
    );
}

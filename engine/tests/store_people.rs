//! Customers and contacts, and what people note: disputes, promises, holds, rates.

#![allow(
    clippy::inconsistent_digit_grouping,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on has failed; 100_00 are cents, read as euros"
)]

use chrono::{DateTime, Utc};
use relance_engine::rules::dsl::money::Currency;
use relance_engine::rules::facts::{AccountFacts, HoldEnding, HoldKind, HoldSpan, Reach};
use relance_engine::rules::ids::{CustomerId, InvoiceId};
use relance_engine::rules::promises::Grace;
use relance_engine::store::companies::{self, Company};
use relance_engine::store::disputes::{self, NewDispute};
use relance_engine::store::holds::{self, BlockKind, NewHold};
use relance_engine::store::payments::{self, NewPayment, Pays};
use relance_engine::store::promises::{self, NewPromise};
use relance_engine::store::{StoreError, Upserted, contacts, customers, facts, rates};
use relance_testkit::portfolio::{self, eur, new_company, new_contact, new_customer};
use relance_testkit::{TestDb, at, day};
use rust_decimal::Decimal;
use sqlx::pool::PoolConnection;
use sqlx::{Connection, PgConnection, Postgres};

const NOW: &str = "2026-03-10 09:00";

struct Scene {
    db: TestDb,
    company: Company,
    customer: CustomerId,
    invoice: InvoiceId,
}

async fn scene() -> Scene {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    let customer = portfolio::customer(&mut conn, &company, "C1", at(NOW)).await;
    let due = day("2026-02-28");
    let invoice = portfolio::invoice(&mut conn, &company, customer, "F1", due, 100_00, at(NOW)).await;
    sqlx::query("update accounts set next_review_at = null")
        .execute(&mut *conn)
        .await
        .unwrap();
    drop(conn);
    Scene {
        db,
        company,
        customer,
        invoice,
    }
}

impl Scene {
    async fn conn(&self) -> PoolConnection<Postgres> {
        self.db.pool.acquire().await.unwrap()
    }

    async fn woken(&self) -> bool {
        let next: Option<DateTime<Utc>> = sqlx::query_scalar("select next_review_at from accounts")
            .fetch_one(&self.db.pool)
            .await
            .unwrap();
        next.is_some()
    }

    async fn facts(&self, now: &str) -> AccountFacts {
        let mut conn = self.conn().await;
        let mut loaded = facts::load(
            &mut conn,
            &self.company,
            &[self.customer],
            &Grace::default(),
            at(now),
        )
        .await
        .unwrap();
        loaded.pop().unwrap()
    }

    async fn pay(&self, reference: &str, cents: i64, on: &str) {
        let payment = NewPayment {
            customer: self.customer,
            reference: reference.to_owned(),
            received_on: day(on),
            amount: eur(cents),
            note: None,
            pays: vec![Pays {
                invoice: "F1".to_owned(),
                amount: None,
            }],
        };
        payments::receive(&mut *self.conn().await, &self.company, &payment, "test", at(NOW))
            .await
            .unwrap();
    }

    async fn promise(
        &self,
        cents: i64,
        pay_by: &str,
    ) -> Result<relance_engine::rules::ids::PromiseId, StoreError> {
        let new = NewPromise {
            invoice: self.invoice,
            amount: Some(Decimal::new(cents, 2)),
            pay_by: day(pay_by),
        };
        promises::take(&mut *self.conn().await, &self.company, &new, "anna", at(NOW)).await
    }

    async fn promise_state(&self) -> (String, Option<String>) {
        sqlx::query_as("select state, closed_on::text from promises")
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }
}

/// The first one that the store noted of its kind, not ended by anybody.
fn span(kind: HoldKind, from: &str, to: Option<&str>, note: &str) -> HoldSpan {
    HoldSpan {
        kind,
        from: day(from),
        to: to.map(day),
        note: note.to_owned(),
        id: 1,
        ending: None,
    }
}

#[tokio::test]
async fn a_customer_as_stored_is_unchanged_and_a_new_name_is_a_change() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let mut same = new_customer("C1");
    let again = customers::upsert(&mut conn, &scene.company, &same, at(NOW)).await;
    assert_eq!(again.unwrap(), (scene.customer, Upserted::Unchanged));
    assert!(!scene.woken().await);
    same.name = "Menuiserie Bois & Fils".to_owned();
    same.tags = vec!["vip".to_owned(), "a, b".to_owned()];
    let changed = customers::upsert(&mut conn, &scene.company, &same, at(NOW)).await;
    assert_eq!(changed.unwrap(), (scene.customer, Upserted::Changed));
    assert!(scene.woken().await);
    let customer = scene.facts(NOW).await.customer;
    assert_eq!(customer.name, "Menuiserie Bois & Fils");
    assert_eq!(customer.tags, ["vip", "a, b"]);
}

#[tokio::test]
async fn an_import_without_segments_leaves_a_segment_set_by_hand() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    customers::set_segment(&mut conn, &scene.company, scene.customer, Some("keyed"), at(NOW))
        .await
        .unwrap();
    customers::upsert(&mut conn, &scene.company, &new_customer("C1"), at(NOW))
        .await
        .unwrap();
    assert_eq!(scene.facts(NOW).await.customer.segment.as_deref(), Some("keyed"));
}

#[tokio::test]
async fn another_main_contact_takes_the_place_of_the_first() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    for email in ["anna@c1.example", "bob@c1.example"] {
        let contact = new_contact(scene.customer, email);
        contacts::upsert(&mut conn, &scene.company, &contact, at(NOW))
            .await
            .unwrap();
    }
    let facts = scene.facts(NOW).await;
    let mains: Vec<(&str, bool)> = facts.contacts.iter().map(|c| (c.name.as_str(), c.main)).collect();
    assert_eq!(mains, [("bob", true), ("anna", false)]);
}

#[tokio::test]
async fn a_bounced_address_stays_bounced_until_there_is_another_one() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let mut contact = new_contact(scene.customer, "anna@c1.example");
    let (id, _) = contacts::upsert(&mut conn, &scene.company, &contact, at(NOW))
        .await
        .unwrap();
    contacts::mark_bounced(&mut conn, &scene.company, id, "550 no such user", at(NOW))
        .await
        .unwrap();
    contacts::upsert(&mut conn, &scene.company, &contact, at(NOW))
        .await
        .unwrap();
    assert_eq!(scene.facts(NOW).await.contacts[0].email, Reach::Bounced);
    contact.email = Some("anna@new.example".to_owned());
    contacts::upsert(&mut conn, &scene.company, &contact, at(NOW))
        .await
        .unwrap();
    assert_eq!(scene.facts(NOW).await.contacts[0].email, Reach::Usable);
    let refused = contacts::set_email(&mut conn, &scene.company, id, "nobody", at(NOW)).await;
    assert_eq!(
        refused.unwrap_err().to_string(),
        format!("contact {id}: `nobody` is not a mail address: write name@domain")
    );
}

#[tokio::test]
async fn a_dispute_holds_its_invoice_until_it_is_closed() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let new = NewDispute {
        invoice: scene.invoice,
        category: "price".to_owned(),
        note: "two hours too many".to_owned(),
    };
    let id = disputes::open(&mut conn, &scene.company, &new, "anna", at(NOW))
        .await
        .unwrap();
    assert!(scene.woken().await);
    let open = scene.facts(NOW).await.invoices[0].holds.clone();
    assert_eq!(open, [span(HoldKind::Disputed, "2026-03-10", None, "price")]);
    let twice = disputes::open(&mut conn, &scene.company, &new, "anna", at(NOW)).await;
    assert_eq!(
        twice.unwrap_err().to_string(),
        "invoice F1: there is an open dispute on it; close that one first"
    );
    let later = at("2026-03-12 09:00");
    disputes::close(&mut conn, &scene.company, id, false, "anna", later)
        .await
        .unwrap();
    let closed = scene.facts(NOW).await.invoices[0].holds.clone();
    assert_eq!(
        closed,
        [HoldSpan {
            ending: Some(HoldEnding::Rejected),
            ..span(HoldKind::Disputed, "2026-03-10", Some("2026-03-12"), "price")
        }]
    );
    let again = disputes::close(&mut conn, &scene.company, id, true, "anna", later).await;
    assert!(matches!(again, Err(StoreError::Conflict { .. })));
}

#[tokio::test]
async fn a_promise_holds_through_its_day_and_is_kept_by_the_promised_amount() {
    let scene = scene().await;
    scene.promise(60_00, "2026-03-12").await.unwrap();
    let holds = scene.facts(NOW).await.invoices[0].holds.clone();
    assert_eq!(
        holds,
        [span(
            HoldKind::Promised,
            "2026-03-10",
            Some("2026-03-13"),
            "60.00 EUR"
        )]
    );
    scene.pay("P1", 50_00, "2026-03-10").await;
    assert_eq!(scene.promise_state().await.0, "open");
    scene.pay("P2", 10_00, "2026-03-10").await;
    assert_eq!(
        scene.promise_state().await,
        ("kept".to_owned(), Some("2026-03-10".to_owned()))
    );
}

#[tokio::test]
async fn a_payment_of_the_last_day_that_is_booked_later_keeps_the_promise_after_all() {
    let scene = scene().await;
    scene.promise(100_00, "2026-03-12").await.unwrap();
    let mut conn = scene.conn().await;
    let midnight = at("2026-03-13 00:00");
    promises::close_overdue(
        &mut conn,
        &scene.company,
        &[scene.customer],
        &Grace::default(),
        midnight,
    )
    .await
    .unwrap();
    assert_eq!(scene.promise_state().await.0, "broken");
    scene.pay("P1", 100_00, "2026-03-12").await;
    assert_eq!(
        scene.promise_state().await,
        ("kept".to_owned(), Some("2026-03-13".to_owned()))
    );
}

#[tokio::test]
async fn a_promise_is_broken_on_the_day_after_its_own_whenever_that_is_noticed() {
    let scene = scene().await;
    scene.promise(100_00, "2026-03-12").await.unwrap();
    let mut conn = scene.conn().await;
    for (now, broken) in [
        ("2026-03-12 22:00", 0),
        ("2026-03-20 09:00", 1),
        ("2026-03-21 09:00", 0),
    ] {
        let closed = promises::close_overdue(
            &mut conn,
            &scene.company,
            &[scene.customer],
            &Grace::default(),
            at(now),
        )
        .await;
        assert_eq!(closed.unwrap(), broken, "{now}");
    }
    assert_eq!(
        scene.promise_state().await,
        ("broken".to_owned(), Some("2026-03-13".to_owned()))
    );
    assert_eq!(
        scene.facts("2026-03-21 09:00").await.history.broken_promises_12m,
        1
    );
    assert_eq!(
        scene.facts("2027-04-01 09:00").await.history.broken_promises_12m,
        0
    );
}

#[tokio::test]
async fn money_that_comes_after_the_promised_day_does_not_keep_the_promise() {
    let scene = scene().await;
    scene.promise(100_00, "2026-03-10").await.unwrap();
    scene.pay("P1", 100_00, "2026-03-11").await;
    assert_eq!(scene.promise_state().await.0, "open");
    let mut conn = scene.conn().await;
    let later = at("2026-03-12 09:00");
    promises::close_overdue(
        &mut conn,
        &scene.company,
        &[scene.customer],
        &Grace::default(),
        later,
    )
    .await
    .unwrap();
    assert_eq!(scene.promise_state().await.0, "broken");
}

#[tokio::test]
async fn impossible_promises_are_refused_in_words() {
    let scene = scene().await;
    for (cents, pay_by, why) in [
        (100_01, "2026-03-20", "only EUR 100.00 is open"),
        (0, "2026-03-20", "a promise must be for more than nothing"),
        (1_00, "2026-03-09", "a promise for 9 March 2026 is in the past"),
    ] {
        let refused = scene.promise(cents, pay_by).await.unwrap_err();
        assert_eq!(refused.to_string(), format!("invoice F1: {why}"));
    }
    let id = scene.promise(100_00, "2026-03-20").await.unwrap();
    assert!(matches!(
        scene.promise(100_00, "2026-03-20").await,
        Err(StoreError::Conflict { .. })
    ));
    let mut conn = scene.conn().await;
    promises::withdraw(&mut conn, &scene.company, id, "anna", at(NOW))
        .await
        .unwrap();
    assert!(scene.promise(100_00, "2026-03-20").await.is_ok());
}

#[tokio::test]
async fn holds_stand_on_an_account_or_on_one_invoice_until_they_are_ended() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let mut new = NewHold {
        customer: scene.customer,
        invoice: None,
        kind: BlockKind::Insolvency,
        from: None,
        to: None,
        note: "sauvegarde".to_owned(),
    };
    let id = holds::set(&mut conn, &scene.company, &new, "anna", at(NOW))
        .await
        .unwrap();
    new.invoice = Some(scene.invoice);
    new.kind = BlockKind::Manual;
    new.to = Some(day("2026-03-15"));
    holds::set(&mut conn, &scene.company, &new, "anna", at(NOW))
        .await
        .unwrap();
    for _ in 0..2 {
        holds::end(&mut conn, &scene.company, id, "anna", at("2026-03-11 09:00"))
            .await
            .unwrap();
    }
    let facts = scene.facts(NOW).await;
    assert_eq!(
        facts.holds,
        [span(
            HoldKind::Insolvency,
            "2026-03-10",
            Some("2026-03-11"),
            "sauvegarde"
        )]
    );
    assert_eq!(
        facts.invoices[0].holds,
        [HoldSpan {
            id: 2,
            ..span(HoldKind::Manual, "2026-03-10", Some("2026-03-15"), "sauvegarde")
        }]
    );
    new.to = Some(day("2026-03-01"));
    let refused = holds::set(&mut conn, &scene.company, &new, "anna", at(NOW)).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
}

#[tokio::test]
async fn a_rate_wakes_only_accounts_with_something_open_in_its_currency() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let usd = Currency::new("USD").unwrap();
    let rate = Decimal::new(92, 2);
    for expected in [Upserted::New, Upserted::Unchanged] {
        let done = rates::upsert(&mut conn, &scene.company, usd, day("2026-01-01"), rate, at(NOW)).await;
        assert_eq!(done.unwrap(), expected);
    }
    assert!(!scene.woken().await);
    sqlx::query("update invoices set currency = 'USD'")
        .execute(&mut *conn)
        .await
        .unwrap();
    let changed = rates::upsert(
        &mut conn,
        &scene.company,
        usd,
        day("2026-01-01"),
        Decimal::ONE,
        at(NOW),
    )
    .await;
    assert_eq!(changed.unwrap(), Upserted::Changed);
    assert!(scene.woken().await);
    let facts = scene.facts(NOW).await;
    assert_eq!((facts.rates.len(), facts.rates[0].rate), (1, Decimal::ONE));
    let own = scene.company.currency;
    assert!(
        rates::upsert(&mut conn, &scene.company, own, day("2026-01-01"), rate, at(NOW))
            .await
            .is_err()
    );
}

#[tokio::test]
async fn a_changed_company_wakes_its_accounts_and_an_unchanged_one_does_not() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let mut new = new_company("ALFR");
    let same = companies::upsert(&mut conn, &new, at(NOW)).await.unwrap();
    assert_eq!(same, (scene.company.id, Upserted::Unchanged));
    assert!(!scene.woken().await);
    new.bank = Some("FR76 3000".to_owned());
    let changed = companies::upsert(&mut conn, &new, at(NOW)).await.unwrap();
    assert_eq!(changed, (scene.company.id, Upserted::Changed));
    assert!(scene.woken().await);
    assert_eq!(companies::list(&mut conn).await.unwrap()[0].bank, new.bank);
}

/// A command that is rolled back leaves nothing: neither the fact, nor its event, nor the wake.
#[tokio::test]
async fn a_rolled_back_command_leaves_nothing() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let conn: &mut PgConnection = &mut conn;
    let mut tx = conn.begin().await.unwrap();
    let new = NewDispute {
        invoice: scene.invoice,
        category: "price".to_owned(),
        note: String::new(),
    };
    disputes::open(&mut tx, &scene.company, &new, "anna", at(NOW))
        .await
        .unwrap();
    tx.rollback().await.unwrap();
    assert!(!scene.woken().await);
    assert!(scene.facts(NOW).await.invoices[0].holds.is_empty());
}

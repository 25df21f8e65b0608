//! Invoices, payments, credit notes: what is open, settled, reopened, and who is woken.

#![allow(
    clippy::inconsistent_digit_grouping,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on has failed; 100_00 are cents, read as euros"
)]

use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::rules::ids::{CustomerId, InvoiceId, PaymentId};
use relance_engine::rules::promises::Grace;
use relance_engine::store::companies::Company;
use relance_engine::store::invoices::{self, InvoiceKind};
use relance_engine::store::payments::{self, NewPayment, Pays};
use relance_engine::store::{StoreError, Upserted, allocations, facts, statistics};
use relance_testkit::portfolio::{self, eur};
use relance_testkit::{TestDb, at, day};
use sqlx::{AssertSqlSafe, PgConnection};

struct Scene {
    db: TestDb,
    company: Company,
    customer: CustomerId,
}

const NOW: &str = "2026-03-10 09:00";

async fn scene() -> Scene {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    let customer = portfolio::customer(&mut conn, &company, "C1", at(NOW)).await;
    drop(conn);
    Scene {
        db,
        company,
        customer,
    }
}

fn payment(customer: CustomerId, reference: &str, cents: i64, invoices: &[&str]) -> NewPayment {
    NewPayment {
        customer,
        reference: reference.to_owned(),
        received_on: day("2026-03-09"),
        amount: eur(cents),
        note: None,
        pays: invoices
            .iter()
            .map(|number| Pays {
                invoice: (*number).to_owned(),
                amount: None,
            })
            .collect(),
    }
}

impl Scene {
    async fn conn(&self) -> sqlx::pool::PoolConnection<sqlx::Postgres> {
        self.db.pool.acquire().await.unwrap()
    }

    async fn invoice(&self, number: &str, cents: i64) -> InvoiceId {
        let mut conn = self.conn().await;
        let due = day("2026-02-28");
        portfolio::invoice(
            &mut conn,
            &self.company,
            self.customer,
            number,
            due,
            cents,
            at(NOW),
        )
        .await
    }

    async fn receive(&self, new: &NewPayment) -> Result<(PaymentId, Upserted), StoreError> {
        payments::receive(&mut *self.conn().await, &self.company, new, "test", at(NOW)).await
    }

    /// Balance, settled on, cycle.
    async fn state(&self, invoice: InvoiceId) -> (String, Option<String>, i32) {
        sqlx::query_as(
            "select trim_scale(open_amount)::text, settled_on::text, cycle from invoices where id = $1",
        )
        .bind(invoice.0)
        .fetch_one(&self.db.pool)
        .await
        .unwrap()
    }

    async fn settle_reviews(&self) {
        sqlx::query("update accounts set next_review_at = null")
            .execute(&self.db.pool)
            .await
            .unwrap();
    }

    async fn woken(&self) -> bool {
        sqlx::query_scalar("select exists (select from accounts where next_review_at is not null)")
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }

    async fn events(&self) -> Vec<String> {
        sqlx::query_scalar("select kind from events order by id")
            .fetch_all(&self.db.pool)
            .await
            .unwrap()
    }
}

async fn facts_of(scene: &Scene, conn: &mut PgConnection) -> relance_engine::rules::facts::AccountFacts {
    let mut loaded = facts::load(
        conn,
        &scene.company,
        &[scene.customer],
        &Grace::default(),
        at(NOW),
    )
    .await
    .unwrap();
    loaded.pop().unwrap()
}

#[tokio::test]
async fn a_new_invoice_is_open_and_wakes_its_account() {
    let scene = scene().await;
    scene.settle_reviews().await;
    let id = scene.invoice("F1", 120_50).await;
    assert_eq!(scene.state(id).await, ("120.5".to_owned(), None, 1));
    assert!(scene.woken().await);
    assert_eq!(scene.events().await, ["invoice_booked"]);
}

#[tokio::test]
async fn the_same_invoice_again_writes_nothing_and_wakes_nobody() {
    let scene = scene().await;
    let id = scene.invoice("F1", 120_50).await;
    scene.settle_reviews().await;
    let new = portfolio::new_invoice(scene.customer, "F1", day("2026-02-28"), 120_50);
    let again = invoices::upsert(&mut *scene.conn().await, &scene.company, &new, "test", at(NOW)).await;
    assert_eq!(again.unwrap(), (id, Upserted::Unchanged));
    assert!(!scene.woken().await);
    assert_eq!(scene.events().await, ["invoice_booked"]);
}

#[tokio::test]
async fn a_payment_settles_on_its_value_date_and_its_rest_stays_unallocated() {
    let scene = scene().await;
    let first = scene.invoice("F1", 100_00).await;
    let second = scene.invoice("F2", 50_00).await;
    scene
        .receive(&payment(scene.customer, "P1", 120_00, &["F1", "F2"]))
        .await
        .unwrap();
    assert_eq!(
        scene.state(first).await,
        ("0".to_owned(), Some("2026-03-09".to_owned()), 1)
    );
    assert_eq!(scene.state(second).await, ("30".to_owned(), None, 1));
    scene
        .receive(&payment(scene.customer, "P2", 40_00, &["F2"]))
        .await
        .unwrap();
    let facts = facts_of(&scene, &mut *scene.conn().await).await;
    assert_eq!(facts.unallocated, [eur(10_00)]);
    assert_eq!(facts.invoices[0].paid_on, Some(day("2026-03-09")));
    assert_eq!(facts.history.paid_12m, 2);
    assert_eq!(
        facts.history.average_days_late,
        Some(rust_decimal::Decimal::from(9))
    );
}

#[tokio::test]
async fn the_same_payment_again_writes_nothing_and_wakes_nobody() {
    let scene = scene().await;
    scene.invoice("F1", 100_00).await;
    let new = payment(scene.customer, "P1", 100_00, &["F1"]);
    let (id, _) = scene.receive(&new).await.unwrap();
    scene.settle_reviews().await;
    let before = scene.events().await;
    assert_eq!(scene.receive(&new).await.unwrap(), (id, Upserted::Unchanged));
    assert!(!scene.woken().await);
    assert_eq!(scene.events().await, before);
}

#[tokio::test]
async fn an_invoice_named_later_is_paid_from_what_is_left() {
    let scene = scene().await;
    let invoice = scene.invoice("F1", 100_00).await;
    scene
        .receive(&payment(scene.customer, "P1", 100_00, &[]))
        .await
        .unwrap();
    assert_eq!(scene.state(invoice).await.0, "100");
    let (_, what) = scene
        .receive(&payment(scene.customer, "P1", 100_00, &["F1"]))
        .await
        .unwrap();
    assert_eq!(what, Upserted::Changed);
    assert_eq!(scene.state(invoice).await.0, "0");
}

#[tokio::test]
async fn a_payment_taken_back_reopens_its_settled_invoices_in_their_next_cycle() {
    let scene = scene().await;
    let settled = scene.invoice("F1", 100_00).await;
    let part_paid = scene.invoice("F2", 100_00).await;
    let (id, _) = scene
        .receive(&payment(scene.customer, "P1", 150_00, &["F1", "F2"]))
        .await
        .unwrap();
    scene.settle_reviews().await;
    for expected in [Upserted::Changed, Upserted::Unchanged] {
        let conn = &mut *scene.conn().await;
        let done =
            payments::take_back(conn, &scene.company, id, "direct debit returned", "test", at(NOW)).await;
        assert_eq!(done.unwrap(), expected);
    }
    assert_eq!(scene.state(settled).await, ("100".to_owned(), None, 2));
    assert_eq!(scene.state(part_paid).await, ("100".to_owned(), None, 1));
    assert!(scene.woken().await);
    let events = scene.events().await;
    assert_eq!(
        events[events.len() - 2..],
        ["payment_taken_back", "invoice_reopened"]
    );
    let facts = facts_of(&scene, &mut *scene.conn().await).await;
    assert!(facts.unallocated.is_empty());
    assert_eq!(facts.history.paid_12m, 0);
}

#[tokio::test]
async fn a_payment_taken_back_is_revived_only_by_who_took_it_back() {
    let scene = scene().await;
    let invoice = scene.invoice("F1", 100_00).await;
    let new = payment(scene.customer, "P1", 100_00, &["F1"]);
    let (id, _) = scene.receive(&new).await.unwrap();
    let conn = &mut *scene.conn().await;
    payments::take_back(conn, &scene.company, id, "bounced", "anna", at(NOW))
        .await
        .unwrap();
    assert_eq!(scene.receive(&new).await.unwrap().1, Upserted::Unchanged);
    assert_eq!(scene.state(invoice).await.0, "100");
    let revived = payments::receive(conn, &scene.company, &new, "anna", at(NOW)).await;
    assert_eq!(revived.unwrap(), (id, Upserted::Changed));
    assert_eq!(
        scene.state(invoice).await,
        ("0".to_owned(), Some("2026-03-09".to_owned()), 2)
    );
}

#[tokio::test]
async fn a_payment_for_an_unknown_invoice_or_another_currency_is_refused_in_words() {
    let scene = scene().await;
    scene.invoice("F1", 100_00).await;
    let unknown = scene.receive(&payment(scene.customer, "P1", 1_00, &["F9"])).await;
    assert_eq!(
        unknown.unwrap_err().to_string(),
        "payment P1: there is no invoice F9; import the invoice first"
    );
    let mut foreign = payment(scene.customer, "P2", 1_00, &["F1"]);
    foreign.amount = Money::new(foreign.amount.amount, Currency::new("USD").unwrap());
    assert_eq!(
        scene.receive(&foreign).await.unwrap_err().to_string(),
        "payment P2: it is in USD, invoice F1 is in EUR"
    );
}

#[tokio::test]
async fn a_corrected_value_date_moves_the_day_of_settlement() {
    let scene = scene().await;
    let invoice = scene.invoice("F1", 100_00).await;
    let mut new = payment(scene.customer, "P1", 100_00, &["F1"]);
    scene.receive(&new).await.unwrap();
    new.received_on = day("2026-03-05");
    assert_eq!(scene.receive(&new).await.unwrap().1, Upserted::Changed);
    assert_eq!(scene.state(invoice).await.1.as_deref(), Some("2026-03-05"));
}

#[tokio::test]
async fn a_credit_note_counts_for_the_customer_until_it_is_set_against_an_invoice() {
    let scene = scene().await;
    let invoice = scene.invoice("F1", 100_00).await;
    let mut note = portfolio::new_invoice(scene.customer, "A1", day("2026-03-01"), 100_00);
    note.kind = InvoiceKind::CreditNote;
    let conn = &mut *scene.conn().await;
    let (note, _) = invoices::upsert(conn, &scene.company, &note, "test", at(NOW))
        .await
        .unwrap();
    assert_eq!(facts_of(&scene, conn).await.unallocated, [eur(100_00)]);
    let company = &scene.company;
    let set = allocations::allocate_credit_note(conn, company, note, invoice, None, "test", at(NOW)).await;
    assert_eq!(set.unwrap(), eur(100_00).amount);
    assert_eq!(
        scene.state(invoice).await,
        ("0".to_owned(), Some("2026-03-10".to_owned()), 1)
    );
    let facts = facts_of(&scene, conn).await;
    assert!(facts.unallocated.is_empty());
    assert_eq!(
        facts.invoices[0].paid_on, None,
        "settled, but nobody paid: no thanks"
    );
    assert_eq!(facts.history.paid_12m, 0);
    assert_eq!(facts.history.invoiced_12m, [eur(0)]);
}

#[tokio::test]
async fn a_raised_amount_reopens_and_a_lowered_one_settles() {
    let scene = scene().await;
    let id = scene.invoice("F1", 100_00).await;
    scene
        .receive(&payment(scene.customer, "P1", 100_00, &["F1"]))
        .await
        .unwrap();
    let mut conn = scene.conn().await;
    for (cents, open, cycle) in [(130_00, "30", 2), (100_00, "0", 2)] {
        let new = portfolio::new_invoice(scene.customer, "F1", day("2026-02-28"), cents);
        let done = invoices::upsert(&mut conn, &scene.company, &new, "test", at(NOW)).await;
        assert_eq!(done.unwrap().1, Upserted::Changed);
        let state = scene.state(id).await;
        assert_eq!((state.0.as_str(), state.2), (open, cycle));
    }
    let less = portfolio::new_invoice(scene.customer, "F1", day("2026-02-28"), 99_00);
    let refused = invoices::upsert(&mut conn, &scene.company, &less, "test", at(NOW)).await;
    assert!(matches!(refused, Err(StoreError::Conflict { .. })));
}

#[tokio::test]
async fn the_database_itself_refuses_wrong_states() {
    let scene = scene().await;
    scene.invoice("F1", 100_00).await;
    for (statement, constraint) in [
        ("update invoices set open_amount = 101", "invoices_check"),
        ("update invoices set open_amount = 0", "invoices_check1"),
        ("update invoices set settled_on = '2026-03-01'", "invoices_check1"),
        ("update invoices set kind = 'letter'", "invoices_kind_check"),
        ("update customers set kind = 'friend'", "customers_kind_check"),
        ("update customers set country = 'France'", "customers_country_check"),
        (
            "insert into invoices (company_id, customer_id, kind, number, issued, due, amount, open_amount, currency,
                                   known_since, created_at)
             select company_id, customer_id, kind, number, issued, due, amount, open_amount, currency, known_since, created_at
             from invoices",
            "invoices_company_id_kind_number_key",
        ),
        (
            "insert into allocations (company_id, invoice_id, amount, allocated_on, created_at)
             select company_id, id, 1, issued, created_at from invoices",
            "allocations_check",
        ),
        (
            "insert into payments (company_id, customer_id, reference, received_on, amount, unallocated, currency, created_at)
             select company_id, id, 'P', '2026-01-01', 10, 11, 'EUR', created_at from customers",
            "payments_check",
        ),
    ] {
        let refused = sqlx::query(AssertSqlSafe(statement)).execute(&scene.db.pool).await;
        let error = refused.unwrap_err().into_database_error().unwrap();
        assert_eq!(error.constraint(), Some(constraint), "{statement}");
    }
}

#[tokio::test]
async fn a_table_that_has_grown_is_looked_at_once_so_that_queries_are_planned_for_its_size() {
    let scene = scene().await;
    assert_eq!(
        statistics::keep(&scene.db.pool).await.unwrap(),
        0,
        "all are small"
    );
    sqlx::query(
        "insert into customers (company_id, number, name, country, created_at)
         select $1, 'N' || n, 'Customer ' || n, 'FR', now() from generate_series(1, 3000) n",
    )
    .bind(scene.company.id.0)
    .execute(&scene.db.pool)
    .await
    .unwrap();
    assert_eq!(statistics::keep(&scene.db.pool).await.unwrap(), 1);
    let known: f32 = sqlx::query_scalar("select reltuples from pg_class where relname = 'customers'")
        .fetch_one(&scene.db.pool)
        .await
        .unwrap();
    assert!(known > 2900.0, "{known}");
    assert_eq!(
        statistics::keep(&scene.db.pool).await.unwrap(),
        0,
        "it is known now"
    );
}

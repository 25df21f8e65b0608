//! Payment plans in the store: made, paid, missed, kept, cancelled.

#![allow(
    clippy::inconsistent_digit_grouping,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a test that cannot go on has failed; 100_00 are cents, read as euros"
)]

use relance_engine::rules::facts::{AccountFacts, HoldKind};
use relance_engine::rules::ids::{CustomerId, InvoiceId, PaymentPlanId};
use relance_engine::rules::promises::Grace;
use relance_engine::store::companies::Company;
use relance_engine::store::payments::{self, NewPayment, Pays};
use relance_engine::store::plans::{self, NewPlan, Parts};
use relance_engine::store::{StoreError, facts};
use relance_testkit::portfolio::{self, eur};
use relance_testkit::{TestDb, at, day};
use rust_decimal::Decimal;
use sqlx::Postgres;
use sqlx::pool::PoolConnection;

const NOW: &str = "2026-03-10 09:00";

struct Scene {
    db: TestDb,
    company: Company,
    customer: CustomerId,
    f1: InvoiceId,
    f2: InvoiceId,
}

/// An account with F1 of 100 EUR and F2 of 50 EUR.
async fn scene() -> Scene {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    let customer = portfolio::customer(&mut conn, &company, "C1", at(NOW)).await;
    let due = day("2026-02-28");
    let f1 = portfolio::invoice(&mut conn, &company, customer, "F1", due, 100_00, at(NOW)).await;
    let f2 = portfolio::invoice(&mut conn, &company, customer, "F2", due, 50_00, at(NOW)).await;
    drop(conn);
    Scene {
        db,
        company,
        customer,
        f1,
        f2,
    }
}

impl Scene {
    async fn conn(&self) -> PoolConnection<Postgres> {
        self.db.pool.acquire().await.unwrap()
    }

    async fn make(
        &self,
        invoices: &[InvoiceId],
        parts: &[(&str, i64)],
        note: &str,
    ) -> Result<PaymentPlanId, StoreError> {
        let new = NewPlan {
            invoices: invoices.to_vec(),
            parts: Parts::Written(
                parts
                    .iter()
                    .map(|(on, cents)| (day(on), Decimal::new(*cents, 2)))
                    .collect(),
            ),
            note: note.to_owned(),
        };
        let mut transaction = self.db.pool.begin().await.unwrap();
        let made = plans::make(&mut transaction, &self.company, &new, "anna", at(NOW)).await;
        if made.is_ok() {
            transaction.commit().await.unwrap();
        }
        made
    }

    async fn refusal(&self, invoices: &[InvoiceId], parts: &[(&str, i64)]) -> String {
        self.make(invoices, parts, "").await.unwrap_err().to_string()
    }

    async fn pay(&self, reference: &str, invoice: &str, cents: i64, on: &str, now: &str) {
        let payment = NewPayment {
            customer: self.customer,
            reference: reference.to_owned(),
            received_on: day(on),
            amount: eur(cents),
            note: None,
            pays: match invoice {
                "" => vec![],
                invoice => vec![Pays {
                    invoice: invoice.to_owned(),
                    amount: None,
                }],
            },
        };
        payments::receive(&mut *self.conn().await, &self.company, &payment, "test", at(now))
            .await
            .unwrap();
    }

    async fn facts(&self, now: &str) -> AccountFacts {
        let mut conn = self.conn().await;
        let of = [self.customer];
        let mut loaded = facts::load(&mut conn, &self.company, &of, &Grace::default(), at(now))
            .await
            .unwrap();
        loaded.pop().unwrap()
    }

    /// The stretches on plan of an invoice, as `from to`.
    async fn stretches(&self, number: &str, now: &str) -> Vec<String> {
        let facts = self.facts(now).await;
        let invoice = facts.invoices.iter().find(|i| i.number == number).unwrap();
        let spans = invoice.holds.iter().filter(|h| h.kind == HoldKind::OnPlan);
        spans.map(|h| format!("{} {}", h.from, h.to.unwrap())).collect()
    }

    async fn watch(&self, now: &str) {
        let mut conn = self.conn().await;
        let of = [self.customer];
        plans::watch(&mut conn, &self.company, &of, &Grace::default(), at(now))
            .await
            .unwrap();
    }

    /// What the log tells of plans, in order.
    async fn told(&self) -> Vec<String> {
        sqlx::query_scalar("select kind || ' ' || actor from events where kind like 'plan%' order by id")
            .fetch_all(&self.db.pool)
            .await
            .unwrap()
    }

    async fn state(&self) -> String {
        sqlx::query_scalar("select state || coalesce(' ' || ended_on::text, '') from payment_plans")
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }
}

const PARTS: &[(&str, i64)] = &[("2026-04-01", 60_00), ("2026-05-01", 40_00)];

#[tokio::test]
async fn a_plan_is_in_the_facts_of_its_invoices_and_of_no_other() {
    let scene = scene().await;
    scene.make(&[scene.f1], PARTS, "").await.unwrap();
    let facts = scene.facts(NOW).await;
    let plan = facts.invoices[0].plan.as_ref().unwrap();
    assert_eq!((plan.made_on, plan.instalments.len()), (day("2026-03-10"), 2));
    assert_eq!(plan.instalments[0].amount, eur(60_00));
    assert_eq!(facts.invoices[1].plan, None);
    assert_eq!(scene.stretches("F1", NOW).await, ["2026-03-10 2026-04-02"]);
    assert!(scene.stretches("F2", NOW).await.is_empty());
    assert_eq!(scene.told().await, ["plan_made anna"]);
}

#[tokio::test]
async fn a_plan_that_is_kept_ends_with_its_last_payment() {
    let scene = scene().await;
    scene.make(&[scene.f1], PARTS, "").await.unwrap();
    scene
        .pay("P1", "F1", 60_00, "2026-04-01", "2026-04-02 09:00")
        .await;
    scene.watch("2026-04-02 09:00").await;
    assert_eq!(
        scene.stretches("F1", "2026-04-02 09:00").await,
        ["2026-03-10 2026-05-02"]
    );
    scene
        .pay("P2", "F1", 40_00, "2026-04-20", "2026-04-20 09:00")
        .await;
    scene.watch("2026-04-20 09:00").await;
    assert_eq!(scene.told().await, ["plan_made anna", "plan_kept engine"]);
    assert_eq!(scene.state().await, "kept 2026-04-20");
}

#[tokio::test]
async fn a_missed_instalment_is_told_once_and_so_is_catching_up() {
    let scene = scene().await;
    scene.make(&[scene.f1], PARTS, "").await.unwrap();
    for now in ["2026-04-01 09:00", "2026-04-02 09:00", "2026-04-03 09:00"] {
        scene.watch(now).await;
    }
    assert_eq!(scene.told().await, ["plan_made anna", "plan_missed engine"]);
    scene
        .pay("P1", "F1", 60_00, "2026-04-05", "2026-04-05 09:00")
        .await;
    scene.watch("2026-04-05 10:00").await;
    scene.watch("2026-04-06 10:00").await;
    assert_eq!(
        scene.told().await,
        ["plan_made anna", "plan_missed engine", "plan_caught_up engine"]
    );
    assert_eq!(
        scene.stretches("F1", "2026-04-06 10:00").await,
        ["2026-03-10 2026-04-02", "2026-04-05 2026-05-02"]
    );
}

#[tokio::test]
async fn a_payment_booked_late_counts_by_its_value_date() {
    let scene = scene().await;
    scene.make(&[scene.f1], PARTS, "").await.unwrap();
    scene.watch("2026-04-02 09:00").await;
    scene
        .pay("P1", "F1", 60_00, "2026-04-01", "2026-04-02 11:00")
        .await;
    scene.watch("2026-04-02 11:00").await;
    assert_eq!(
        scene.told().await,
        ["plan_made anna", "plan_missed engine", "plan_caught_up engine"]
    );
    assert_eq!(
        scene.stretches("F1", "2026-04-02 11:00").await,
        ["2026-03-10 2026-05-02"]
    );
}

#[tokio::test]
async fn a_payment_of_before_the_plan_that_is_booked_after_counts_from_its_first_day() {
    let scene = scene().await;
    scene.make(&[scene.f1], PARTS, "").await.unwrap();
    scene
        .pay("P1", "F1", 60_00, "2026-03-09", "2026-03-11 09:00")
        .await;
    let facts = scene.facts("2026-03-11 09:00").await;
    let paid = &facts.invoices[0].plan.as_ref().unwrap().paid;
    assert_eq!((paid.len(), paid[0].on), (1, day("2026-03-10")));
}

#[tokio::test]
async fn money_that_nobody_allocated_counts_and_is_not_counted_twice_when_somebody_does() {
    let scene = scene().await;
    scene.make(&[scene.f1], PARTS, "").await.unwrap();
    scene.pay("P1", "", 60_00, "2026-04-01", "2026-04-01 09:00").await;
    scene.watch("2026-04-03 09:00").await;
    assert_eq!(scene.told().await, ["plan_made anna"]);
    scene
        .pay("P1", "F1", 60_00, "2026-04-01", "2026-04-03 10:00")
        .await;
    assert_eq!(
        scene.stretches("F1", "2026-04-03 11:00").await,
        ["2026-03-10 2026-05-02"]
    );
}

#[tokio::test]
async fn a_cancelled_plan_holds_no_more_and_another_can_be_made() {
    let scene = scene().await;
    let plan = scene
        .make(&[scene.f1, scene.f2], &[("2026-04-01", 150_00)], "")
        .await
        .unwrap();
    let told = scene.refusal(&[scene.f1], &[("2026-04-01", 100_00)]).await;
    assert!(told.contains("there is a running payment plan for it"), "{told}");
    let mut conn = scene.conn().await;
    let cancelled = plans::cancel(
        &mut conn,
        &scene.company,
        plan,
        "replaced",
        "anna",
        at("2026-03-12 09:00"),
    )
    .await;
    cancelled.unwrap();
    let again = plans::cancel(
        &mut conn,
        &scene.company,
        plan,
        "",
        "anna",
        at("2026-03-12 09:00"),
    )
    .await;
    assert!(again.unwrap_err().to_string().contains("it has ended already"));
    assert_eq!(
        scene.stretches("F2", "2026-03-20 09:00").await,
        ["2026-03-10 2026-03-12"]
    );
    scene
        .make(&[scene.f1], &[("2026-04-01", 100_00)], "")
        .await
        .unwrap();
}

#[tokio::test]
async fn the_rules_cancel_what_runs_for_an_invoice_and_nothing_else() {
    let scene = scene().await;
    let plan = scene.make(&[scene.f1], PARTS, "").await.unwrap();
    let mut conn = scene.conn().await;
    let now = at("2026-04-03 09:00");
    let other = plans::cancel_of(&mut conn, &scene.company, &[scene.f2], "missed", now).await;
    assert!(other.unwrap().is_empty());
    let its = plans::cancel_of(&mut conn, &scene.company, &[scene.f1, scene.f2], "missed", now).await;
    assert_eq!(its.unwrap(), [plan]);
    let again = plans::cancel_of(&mut conn, &scene.company, &[scene.f1], "missed", now).await;
    assert!(again.unwrap().is_empty());
    assert_eq!(scene.told().await, ["plan_made anna", "plan_cancelled engine"]);
}

#[tokio::test]
async fn a_plan_of_another_sum_needs_a_reason() {
    let scene = scene().await;
    let told = scene.refusal(&[scene.f1], &[("2026-04-01", 90_00)]).await;
    assert!(
        told.contains("90.00 EUR together, and 100.00 EUR is open"),
        "{told}"
    );
    assert!(told.contains("Say why in a note"), "{told}");
    let agreed = scene
        .make(&[scene.f1], &[("2026-04-01", 90_00)], "10 EUR are forgiven")
        .await;
    agreed.unwrap();
    scene
        .pay("P1", "F1", 90_00, "2026-03-20", "2026-03-20 09:00")
        .await;
    scene.watch("2026-03-20 09:00").await;
    assert_eq!(
        scene.state().await,
        "kept 2026-03-20",
        "all that was agreed is paid"
    );
}

#[tokio::test]
async fn what_cannot_be_agreed_is_refused_in_words() {
    let scene = scene().await;
    let mut conn = scene.conn().await;
    let stranger = portfolio::customer(&mut conn, &scene.company, "C2", at(NOW)).await;
    let due = day("2026-02-28");
    let theirs = portfolio::invoice(&mut conn, &scene.company, stranger, "G1", due, 100_00, at(NOW)).await;
    let told = [
        scene.refusal(&[], PARTS).await,
        scene.refusal(&[scene.f1], &[]).await,
        scene.refusal(&[scene.f1], &[("2026-03-09", 100_00)]).await,
        scene
            .refusal(&[scene.f1], &[("2026-05-01", 60_00), ("2026-04-01", 40_00)])
            .await,
        scene
            .refusal(&[scene.f1], &[("2026-04-01", 110_00), ("2026-05-01", -10_00)])
            .await,
        scene
            .refusal(&[scene.f1, theirs], &[("2026-04-01", 200_00)])
            .await,
        scene
            .refusal(&[scene.f1, scene.f1], &[("2026-04-01", 200_00)])
            .await,
    ];
    insta::assert_snapshot!(told.join("\n"));
    assert!(scene.told().await.is_empty());
}

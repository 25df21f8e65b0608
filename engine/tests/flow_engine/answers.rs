//! What the rules answer to events, through the store: given once, and dunning goes on where they say.

use relance_engine::rules::ids::{DisputeId, InvoiceId};
use relance_engine::store::allocations::allocate_credit_note;
use relance_engine::store::disputes::{self, NewDispute};
use relance_engine::store::invoices::{self, InvoiceKind, NewInvoice};
use relance_engine::store::promises::{self, NewPromise};
use relance_engine::store::tasks::{self, TaskOutcome};
use relance_testkit::{day, portfolio};

use crate::world::{RULES, World};

fn answering(events: &str, around: &str) -> String {
    RULES.replace("  thanks {", &format!("  {events}\n  thanks {{")) + around
}

async fn dispute(world: &World, invoice: InvoiceId) -> DisputeId {
    let new = NewDispute {
        invoice,
        category: "price".to_owned(),
        note: String::new(),
    };
    let mut connection = world.connection().await;
    disputes::open(&mut connection, &world.company, &new, "anna", world.now())
        .await
        .unwrap()
}

async fn close(world: &World, dispute: DisputeId, accepted: bool) {
    let mut connection = world.connection().await;
    disputes::close(
        &mut connection,
        &world.company,
        dispute,
        accepted,
        "anna",
        world.now(),
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn a_broken_promise_gives_its_answer_once_and_the_level_that_the_rules_name() {
    let rules = answering(
        "on promise broken { task ring_up assign collector; email template final; continue at level 3 }",
        "",
    );
    let world = World::with(&rules).await;
    let customer = world.customer("C1", "ap@customer.example").await;
    let invoice = world.invoice(customer, "F1", "2026-02-25", 120_000).await;
    world.run_until("2026-03-03").await;
    let new = NewPromise {
        invoice,
        amount: None,
        pay_by: day("2026-03-05"),
    };
    let mut connection = world.connection().await;
    promises::take(&mut connection, &world.company, &new, "anna", world.now())
        .await
        .unwrap();
    world.run_until("2026-03-12").await;
    assert_eq!(
        world.subjects(),
        [
            "Invoice to be paid - Atelier Lumière",
            "Last reminder",
            "Last reminder"
        ]
    );
    assert_eq!(
        world
            .rows("select concat_ws(' ', kind, step, state, (decided_at at time zone 'Europe/Paris')::date) from actions order by id")
            .await,
        [
            "email reminder done 2026-03-02",
            "task on promise_broken 1 pending 2026-03-06",
            "continue on promise_broken 1 done 2026-03-06",
            "email on promise_broken 1 done 2026-03-06",
            "email final done 2026-03-09"
        ]
    );
    let task = world.open_task("task").await;
    tasks::close(
        &mut connection,
        &world.company,
        task,
        TaskOutcome::Done,
        "",
        "ben",
        world.now(),
    )
    .await
    .unwrap();
    world.run_until("2026-03-20").await;
    assert_eq!(world.count("select count(*) from actions").await, 5, "once");
}

#[tokio::test]
async fn after_an_accepted_dispute_the_invoice_waits_for_the_credit_note() {
    let rules = answering(
        "on dispute { task look_into assign sales }",
        "\ndisputes { price owner sales answer within 2 business days\n when accepted { expect credit note }\n when late { task chase assign credit_manager } }\n",
    );
    let world = World::with(&rules).await;
    let customer = world.customer("C1", "ap@customer.example").await;
    let invoice = world.invoice(customer, "F1", "2026-02-25", 120_000).await;
    world.run_until("2026-03-03").await;
    let id = dispute(&world, invoice).await;
    world.run_until("2026-03-09").await;
    assert_eq!(
        world.rows("select title from tasks order by id").await,
        ["look into", "chase"]
    );
    close(&world, id, true).await;
    world.run().await;
    assert_eq!(
        world
            .rows("select concat_ws(' ', kind, set_by, to_on) from holds")
            .await,
        ["credit_expected engine"]
    );
    assert_eq!(
        world.rows("select distinct state from tasks").await,
        ["cancelled"],
        "nobody need chase what is answered"
    );
    world.run_until("2026-03-20").await;
    assert_eq!(
        world
            .count("select count(*) from actions where kind = 'call'")
            .await,
        0
    );
    let new = NewInvoice {
        kind: InvoiceKind::CreditNote,
        ..portfolio::new_invoice(customer, "A1", day("2026-03-20"), 20_000)
    };
    let mut connection = world.connection().await;
    let (note, _) = invoices::upsert(&mut connection, &world.company, &new, "anna", world.now())
        .await
        .unwrap();
    allocate_credit_note(
        &mut connection,
        &world.company,
        note,
        invoice,
        None,
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    assert_eq!(world.rows("select to_on::text from holds").await, ["2026-03-20"]);
    world.run_until("2026-03-27").await;
    assert_eq!(
        world
            .count("select count(*) from actions where kind = 'call'")
            .await,
        1,
        "what is left is asked for again"
    );
}

#[tokio::test]
async fn nothing_is_awaited_for_what_is_paid_or_was_credited_before_the_dispute_was_accepted() {
    let rules = answering(
        "on dispute { task look_into assign sales }",
        "\ndisputes { price owner sales answer within 2 business days\n when accepted { expect credit note } }\n",
    );
    let world = World::with(&rules).await;
    let customer = world.customer("C1", "ap@customer.example").await;
    let invoice = world.invoice(customer, "F1", "2026-02-25", 120_000).await;
    let other = world.invoice(customer, "F2", "2026-02-25", 120_000).await;
    world.run_until("2026-03-03").await;
    let first = dispute(&world, invoice).await;
    let second = dispute(&world, other).await;
    let new = NewInvoice {
        kind: InvoiceKind::CreditNote,
        ..portfolio::new_invoice(customer, "A1", day("2026-04-02"), 20_000)
    };
    let mut connection = world.connection().await;
    let (note, _) = invoices::upsert(&mut connection, &world.company, &new, "anna", world.now())
        .await
        .unwrap();
    allocate_credit_note(
        &mut connection,
        &world.company,
        note,
        invoice,
        None,
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    close(&world, first, true).await;
    close(&world, second, true).await;
    world.run().await;
    let holds = "select i.number || ' ' || coalesce(h.to_on::text, '-') from holds h join invoices i on i.id = h.invoice_id";
    assert_eq!(
        world.rows(holds).await,
        ["F2 -"],
        "the note for F1 has come already"
    );
    world.pay(customer, "F2", 120_000).await;
    assert_eq!(world.rows(holds).await, ["F2 2026-03-03"]);
}

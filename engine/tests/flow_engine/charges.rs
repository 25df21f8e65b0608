//! Interest and fee in what is really sent: `charge`.

use relance_engine::rules::charges::Claim;
use relance_engine::rules::ids::CustomerId;
use relance_engine::store::allocations::allocate_credit_note;
use relance_engine::store::contacts::{self, NewContact};
use relance_engine::store::invoices::{self, InvoiceKind, NewInvoice};
use relance_engine::store::tasks::{self, TaskOutcome};
use relance_engine::{deliver, review};
use relance_testkit::{day, portfolio};
use sqlx::Row;

use crate::world::{World, parsed};

/// A formal notice 20 days after the due date, in the contact's language.
fn rules(acts: &str) -> String {
    format!(
        "edition 2026
         use std.europe
         segments {{ firms when customer.kind is business people otherwise }}
         charges house \"Our terms\" {{
           late_interest from 2025-07-01 12.15 %
           late_interest from 2026-01-01 11 %
           recovery_fee 40 EUR
         }}
         scenario firms for firms {{
           language contact.language else fr
           hold while disputed
           dunning {{ level 1 notice \"Formal notice\" 20 days after due {{ {acts} }} }}
         }}"
    )
}

const NOTICE: &str = "email template formal_notice tone formal; charge late_interest, recovery_fee of house";

async fn customer(world: &World, number: &str, language: &str) -> CustomerId {
    let mut connection = world.connection().await;
    let customer = portfolio::customer(&mut connection, &world.company, number, world.now()).await;
    let contact = NewContact {
        language: Some(language.to_owned()),
        ..portfolio::new_contact(customer, &format!("{language}@customer.example"))
    };
    contacts::upsert(&mut connection, &world.company, &contact, world.now())
        .await
        .unwrap();
    customer
}

/// What is noted as claimed for the only invoice of the only notice.
async fn noted(world: &World) -> Claim {
    let row = sqlx::query("select claim from action_items where live order by action_id desc limit 1")
        .fetch_one(&world.db.pool)
        .await
        .unwrap();
    let claim: sqlx::types::Json<Claim> = row.get(0);
    claim.0
}

fn totals(claim: &Claim) -> Vec<String> {
    claim.totals().iter().map(ToString::to_string).collect()
}

fn last_text(world: &World) -> String {
    let mail = world.catcher.messages().pop().unwrap();
    let mail = parsed(&mail.data);
    mail.body_text(0).unwrap().replace("\r\n", "\n")
}

#[tokio::test]
async fn a_notice_names_interest_line_by_line_and_the_fee_in_each_language() {
    let world = World::with(&rules(NOTICE)).await;
    for language in ["fr", "en", "de", "es", "it"] {
        let customer = customer(&world, &format!("C-{language}"), language).await;
        // Due on 21 December; 1000 of 4500 EUR came on 15 January.
        world
            .invoice(customer, &format!("F-{language}"), "2025-12-21", 450_000)
            .await;
        world.go_to("2026-01-15 08:00");
        world.pay(customer, &format!("F-{language}"), 100_000).await;
    }
    world.go_to("2026-03-02 08:00");
    world.run().await;
    let mut shown: Vec<String> = world
        .catcher
        .messages()
        .iter()
        .map(|mail| {
            let mail = parsed(&mail.data);
            format!(
                "{}\n\n{}",
                mail.subject().unwrap(),
                mail.body_text(0).unwrap().replace("\r\n", "\n")
            )
        })
        .collect();
    shown.sort();
    assert_eq!(shown.len(), 5);
    // 10 days at 12.15 on 4500: 54 675 x 10 / 36 500 = 14.979; 15 days at 11: 49 500 x 15 / 36 500 = 20.342; 46 days with 3500:
    // 38 500 x 46 / 36 500 = 48.521.
    insta::assert_snapshot!(shown.join("\n=====\n"));
    assert_eq!(totals(&noted(&world).await), ["123.84 EUR"]);
}

#[tokio::test]
async fn a_payment_between_decision_and_sending_is_in_the_lines_that_leave_and_in_what_is_noted() {
    let world = World::with(&rules(NOTICE)).await;
    let customer = customer(&world, "C1", "en").await;
    world.invoice(customer, "F1", "2026-01-30", 100_000).await;
    review::pass(&world.engine, 10).await.unwrap();
    // 31 days: 11 000 x 31 / 36 500 = 9.342.
    assert_eq!(totals(&noted(&world).await), ["49.34 EUR"]);
    // It was received on Sunday and is entered on Monday.
    world.go_to("2026-03-01 08:00");
    world.pay(customer, "F1", 60_000).await;
    world.go_to("2026-03-02 08:30");
    deliver::pass(&world.engine, 10).await.unwrap();
    // 30 days with 1000, 9.041; one with 400, 4 400 / 36 500 = 0.121.
    assert_eq!(totals(&noted(&world).await), ["49.16 EUR"]);
    let text = last_text(&world);
    assert!(
        text.contains(
            "EUR 9.04 (EUR 1,000.00 at 11.00% a year, 31 January 2026 to 1 March 2026, 30 days / 365)"
        ),
        "{text}"
    );
    assert!(
        text.contains("EUR 0.12 (EUR 400.00 at 11.00% a year, 2 March 2026 to 2 March 2026, 1 day / 365)"),
        "{text}"
    );
    assert!(
        text.contains("pay EUR 449.16") || text.contains("payment of EUR 449.16"),
        "{text}"
    );
}

#[tokio::test]
async fn a_credit_note_counts_on_its_day_of_issue_and_from_the_beginning() {
    let world = World::with(&rules(NOTICE)).await;
    let customer = customer(&world, "C1", "en").await;
    let invoice = world.invoice(customer, "F1", "2026-01-30", 100_000).await;
    let mut connection = world.connection().await;
    let note = NewInvoice {
        kind: InvoiceKind::CreditNote,
        ..portfolio::new_invoice(customer, "A1", day("2026-02-20"), 50_000)
    };
    let (note, ..) = invoices::upsert(&mut connection, &world.company, &note, "test", world.now())
        .await
        .unwrap();
    allocate_credit_note(
        &mut connection,
        &world.company,
        note,
        invoice,
        None,
        "test",
        world.now(),
    )
    .await
    .unwrap();
    drop(connection);
    world.run().await;
    // 5 500 x 31 / 36 500 = 4.671.
    assert_eq!(totals(&noted(&world).await), ["44.67 EUR"]);
}

#[tokio::test]
async fn whoever_approves_a_notice_and_whoever_sends_it_sees_what_it_claims() {
    let acts = "registered letter template formal_notice; charge late_interest, recovery_fee of house; approve by cfo";
    let world = World::with(&rules(acts)).await;
    let customer = customer(&world, "C1", "fr").await;
    world.invoice(customer, "F1", "2026-01-30", 100_000).await;
    world.run().await;
    insta::assert_snapshot!(world.rows("select script from tasks where kind = 'approval'").await[0], @r"
    Interest on F1 from 31 January 2026 to 2 March 2026: EUR 1,000.00 x 11 % x 31 days / 365 = EUR 9.34
    Recovery fee for F1: EUR 40.00
    ");
    let task = world.open_task("approval").await;
    let mut connection = world.connection().await;
    tasks::close(
        &mut connection,
        &world.company,
        task,
        TaskOutcome::Approved,
        "",
        "anna",
        world.now(),
    )
    .await
    .unwrap();
    drop(connection);
    world.run().await;
    let letter = &world
        .rows("select script from tasks where kind = 'by_hand'")
        .await[0];
    assert!(
        letter.contains("Intérêts de retard, facture F1 : 9,34\u{a0}€"),
        "{letter}"
    );
    assert!(letter.contains("1\u{202f}049,34\u{a0}€"), "{letter}");
}

#[tokio::test]
async fn a_half_year_that_nobody_entered_opens_one_task_and_sends_nothing_of_that_step() {
    let world = World::with(&rules(NOTICE)).await;
    let customer = customer(&world, "C1", "en").await;
    world.invoice(customer, "F1", "2026-06-20", 100_000).await;
    world.go_to("2026-07-13 08:00");
    world.run_until("2026-07-20").await;
    assert_eq!(world.recipients(), [""; 0]);
    assert_eq!(
        world
            .rows("select title from tasks where kind = 'attention'")
            .await,
        [
            "“Formal notice” waits: nobody entered the rate of interest of “Our terms” for the second half of 2026; write it into \
             the table, or into one of your own where this one is the library's, from 1 July 2026 on"
        ]
    );
    let entered = rules(NOTICE).replace(
        "recovery_fee 40",
        "late_interest from 2026-07-01 10 % recovery_fee 40",
    );
    world.put(&crate::world::files(&entered)).await;
    world.run().await;
    assert_eq!(world.recipients(), ["en@customer.example"]);
}

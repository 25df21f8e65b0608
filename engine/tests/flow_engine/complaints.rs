//! What users of other systems suffer from; the numbers are those of the list in the design.

use relance_engine::media::catcher::Fault;
use relance_engine::review;
use relance_engine::rules::ids::CustomerId;
use relance_engine::store::disputes::{self, NewDispute};
use relance_engine::store::holds::{self, BlockKind, NewHold};
use relance_engine::store::promises::{self, NewPromise};
use relance_testkit::day;

use crate::world::{RULES, World, files, parsed};

const AP: &str = "ap@customer.example";

async fn overdue() -> (World, CustomerId) {
    let world = World::new().await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    (world, customer)
}

async fn decided() -> (World, CustomerId) {
    let (world, customer) = overdue().await;
    assert_eq!(review::pass(&world.engine, 10).await.unwrap().actions, 1);
    (world, customer)
}

#[tokio::test]
async fn complaint_01_paid_between_review_and_delivery_is_not_sent() {
    let (world, customer) = decided().await;
    world.pay(customer, "F1", 120_000).await;
    let totals = world.run().await;
    assert_eq!(totals.cancelled, 1);
    assert!(
        !world
            .subjects()
            .iter()
            .any(|subject| subject.contains("to be paid")),
        "{:?}",
        world.subjects()
    );
    assert_eq!(
        world
            .count("select count(*) from events where kind = 'message_called_off'")
            .await,
        1
    );
}

#[tokio::test]
async fn complaint_01_cash_not_yet_allocated_stops_the_reminder_in_the_last_moment() {
    let (world, customer) = decided().await;
    world.receive(customer, 120_000, Vec::new()).await;
    assert_eq!(world.run().await.sent, 0);
    assert_eq!(world.catcher.count(), 0);
}

#[tokio::test]
async fn complaint_01_disputed_promised_or_held_in_the_last_moment_is_not_sent() {
    for what in ["dispute", "promise", "hold"] {
        let (world, customer) = decided().await;
        let invoice = relance_engine::rules::ids::InvoiceId(world.count("select id from invoices").await);
        let mut connection = world.connection().await;
        let now = world.now();
        match what {
            "dispute" => {
                let new = NewDispute {
                    invoice,
                    category: "price".to_owned(),
                    note: String::new(),
                };
                disputes::open(&mut connection, &world.company, &new, "anna", now)
                    .await
                    .map(|_| ())
                    .unwrap();
            }
            "promise" => {
                let new = NewPromise {
                    invoice,
                    amount: None,
                    pay_by: day("2026-03-20"),
                };
                promises::take(&mut connection, &world.company, &new, "anna", now)
                    .await
                    .map(|_| ())
                    .unwrap();
            }
            _ => {
                let new = NewHold {
                    customer,
                    invoice: None,
                    kind: BlockKind::Manual,
                    from: None,
                    to: None,
                    note: "under discussion".to_owned(),
                };
                holds::set(&mut connection, &world.company, &new, "anna", now)
                    .await
                    .map(|_| ())
                    .unwrap();
            }
        }
        drop(connection);
        assert_eq!(world.run().await.sent, 0, "{what}");
        assert_eq!(world.catcher.count(), 0, "{what}");
    }
}

#[tokio::test]
async fn complaint_02_many_runs_a_day_send_one_reminder() {
    let (world, _) = overdue().await;
    for minute in 0..22 {
        world.go_to(&format!("2026-03-02 09:{minute:02}"));
        world.run().await;
    }
    assert_eq!(world.recipients(), [AP]);
}

#[tokio::test]
async fn complaint_02_an_action_written_twice_is_refused_by_the_database() {
    let (world, _) = decided().await;
    // As after a restored backup of the accounts, or a review that saw old facts: the account is due and the facts say "nothing
    // done". The unique key has the last word.
    let copy = "insert into action_items (company_id, action_id, invoice_id, cycle, scenario, step, level, act, balance, currency, moves)
                select company_id, action_id + 1000, invoice_id, cycle, scenario, step, level, act, balance, currency, moves from action_items";
    let refused = sqlx::query(copy).execute(&world.db.pool).await;
    assert!(refused.is_err());
    world.run().await;
    assert_eq!(world.recipients(), [AP]);
}

#[tokio::test]
async fn complaint_04_a_part_payment_goes_on_with_the_balance() {
    let (world, customer) = decided().await;
    world.pay(customer, "F1", 100_000).await;
    assert_eq!(world.run().await.sent, 1);
    let caught = world.catcher.messages();
    let text = parsed(&caught[0].data).body_text(0).unwrap().into_owned();
    assert!(text.contains("In all EUR 200.00"), "{text}");
}

#[tokio::test]
async fn complaint_05_nights_without_the_program_lose_no_step_and_repeat_none() {
    let (world, _) = overdue().await;
    world.go_to("2026-03-19 08:00");
    world.run().await;
    assert_eq!(world.recipients(), [AP], "late, but sent, and once");
    world.go_to("2026-04-20 07:00");
    world.run().await;
    let steps = world.rows("select step from actions order by id").await;
    assert_eq!(
        steps,
        ["reminder", "call"],
        "the next level only, not all that were missed"
    );
}

#[tokio::test]
async fn complaint_06_new_rules_keep_the_place_of_invoices_under_way() {
    let (world, _) = overdue().await;
    world.run().await;
    world
        .put(&files(
            &RULES.replace("5 days after level 1", "3 days after level 1"),
        ))
        .await;
    world.run_until("2026-03-05").await;
    assert_eq!(
        world.rows("select step from actions order by id").await,
        ["reminder", "call"]
    );
    assert_eq!(world.recipients(), [AP], "nobody starts anew");
}

#[tokio::test]
async fn complaint_06_a_message_decided_under_old_rules_is_decided_anew() {
    let (world, _) = decided().await;
    world
        .put(&files(&RULES.replace("5 days after due", "90 days after due")))
        .await;
    let totals = world.run().await;
    assert_eq!((totals.cancelled, totals.sent), (1, 0));
    assert_eq!(world.catcher.count(), 0);
}

#[tokio::test]
async fn complaint_07_eight_invoices_make_one_message() {
    let world = World::new().await;
    let customer = world.customer("C1", AP).await;
    for number in 1..=8 {
        world
            .invoice(customer, &format!("F{number}"), "2026-02-02", 1_000 * number)
            .await;
    }
    world.run().await;
    assert_eq!(world.recipients(), [AP]);
    let caught = world.catcher.messages();
    let text = parsed(&caught[0].data).body_text(0).unwrap().into_owned();
    assert!(
        (1..=8).all(|number| text.contains(&format!("F{number} "))),
        "{text}"
    );
    assert!(text.contains("EUR 360.00"), "{text}");
}

#[tokio::test]
async fn complaint_10_who_pays_late_before_any_notice_is_asked_for_interest_and_fee() {
    let rules = RULES.replacen("edition 2026\n", "edition 2026\nuse std.europe\n", 1);
    let rules = rules.replacen(
        "  dunning {",
        "  on paid late { charge late_interest, recovery_fee of terms; email template interest_notice }\n  dunning {",
        1,
    );
    let terms = "charges terms \"Terms\" { late_interest 12 % recovery_fee 40 EUR }\n";
    let world = World::with(&format!("{rules}\n{terms}")).await;
    let customer = world.customer("C1", AP).await;
    world.invoice(customer, "F1", "2026-02-28", 120_000).await;
    world.pay(customer, "F1", 120_000).await;
    world.run().await;
    let mails = world.catcher.messages();
    let bodies: Vec<_> = mails
        .iter()
        .map(|mail| parsed(&mail.data).body_text(0).unwrap().into_owned())
        .filter(|body| !body.contains("Thank you, "))
        .collect();
    let [body] = bodies.as_slice() else {
        panic!("{bodies:?}")
    };
    // 1 200 x 12 % x 2 days / 365.
    for said in ["F1", "EUR 0.79", "EUR 40.00", "EUR 40.79"] {
        assert!(body.contains(said), "{said} is not in\n{body}");
    }
    world.go_to("2026-04-02 08:00");
    world.run().await;
    assert_eq!(world.recipients().len(), 2, "thanked once, asked once");
}

#[tokio::test]
async fn complaint_12_the_language_of_the_customer_speaks() {
    let (world, customer) = overdue().await;
    sqlx::query("update customers set language = 'fr' where id = $1")
        .bind(customer.0)
        .execute(&world.db.pool)
        .await
        .unwrap();
    world.run().await;
    assert_eq!(world.subjects(), ["Facture à régler - Atelier Lumière"]);
}

#[tokio::test]
async fn complaint_13_a_blacklisted_address_does_not_stay_queued_for_ever() {
    let (world, _) = overdue().await;
    world.catcher.set_fault(AP, Fault::Reject4xx(u32::MAX));
    for _ in 0..40 {
        world.run().await;
        world.clock.set(world.now() + chrono::TimeDelta::minutes(10));
    }
    assert_eq!(world.rows("select state from deliveries").await, ["failed"]);
    assert_eq!(world.rows("select email_state from contacts").await, ["bounced"]);
    world.go_to("2026-03-03 08:00");
    world.run().await;
    assert_eq!(
        world.rows("select kind || ' ' || state from tasks").await,
        ["fix_contact open"],
        "a person hears of it"
    );
}

#[tokio::test]
async fn complaint_14_nothing_leaves_outside_the_window_even_when_it_was_decided_inside() {
    let (world, _) = decided().await;
    world.go_to("2026-03-02 17:00");
    assert_eq!(world.run().await.sent, 0, "18:00 in Paris: closed");
    world.go_to("2026-03-03 06:59");
    assert_eq!(world.run().await.sent, 0);
    world.go_to("2026-03-03 07:00");
    assert_eq!(world.run().await.sent, 1);
    assert_eq!(world.recipients(), [AP]);
}

//! A preview tells what the next runs do, and does none of it.

use relance_engine::review::preview::{self, Preview};
use relance_engine::sending::{Breaker, Sending};
use relance_testkit::{at, portfolio};

use crate::world::{RULES, World, files};

/// Saturday, 2026-02-28: nothing leaves before Monday, when the first invoice has been due for five days or more.
async fn weekend() -> World {
    let world = World::new().await;
    world.go_to("2026-02-28 08:00");
    for (number, due) in [("1", "2026-02-20"), ("2", "2026-02-20"), ("3", "2026-03-20")] {
        let customer = world
            .customer(&format!("C{number}"), &format!("c{number}@customer.example"))
            .await;
        world.invoice(customer, &format!("F{number}"), due, 100_000).await;
    }
    world
}

async fn until(world: &World, moment: &str, limit: u32) -> Preview {
    preview::preview(&world.engine, &world.company, at(moment), limit)
        .await
        .unwrap()
        .unwrap()
}

/// Everything that a run writes, in one text.
async fn everything(world: &World) -> Vec<String> {
    world
        .rows(
            "select concat_ws('|', (select string_agg(a::text, ',' order by customer_id) from accounts a),
                                   (select count(*) from actions), (select count(*) from deliveries),
                                   (select max(id) from events), (select count(*) from tasks), (select count(*) from positions))",
        )
        .await
}

#[tokio::test]
async fn it_tells_who_gets_what_when_and_why_and_writes_nothing() {
    let world = weekend().await;
    let before = everything(&world).await;
    let told = until(&world, "2026-03-03 00:00", 100).await;
    assert_eq!(everything(&world).await, before);
    let lines: Vec<String> = told
        .lines
        .iter()
        .map(|line| {
            let invoices = line.invoices.join(" ");
            let (kind, title, to) = (line.kind, &line.title, line.contact.as_deref().unwrap_or("-"));
            format!("{} {} {kind} {title} {to} {invoices}", line.at, line.customer)
        })
        .collect();
    assert_eq!(
        lines,
        [
            "2026-03-02 07:00:00 UTC C1 email Reminder c1 F1",
            "2026-03-02 07:00:00 UTC C2 email Reminder c2 F2",
        ]
    );
    assert_eq!(told.lines[0].open, [portfolio::eur(100_000)]);
    assert!(!told.lines[0].reasons.is_empty());
    assert_eq!((told.accounts, told.more), (3, false));
}

#[tokio::test]
async fn what_it_tells_is_what_the_runs_then_do() {
    let world = weekend().await;
    let told = until(&world, "2026-03-03 00:00", 100).await;
    for moment in ["2026-02-28 08:00", "2026-03-02 07:00"] {
        world.go_to(moment);
        world.run().await;
    }
    let mut customers: Vec<String> = told
        .lines
        .iter()
        .map(|line| format!("{}@customer.example", line.customer.to_lowercase()))
        .collect();
    let mut recipients = world.recipients();
    customers.sort();
    recipients.sort();
    assert_eq!(recipients, customers);
    let after = until(&world, "2026-03-02 20:00", 100).await;
    assert_eq!(after.lines, [], "it is done");
}

#[tokio::test]
async fn a_limit_leaves_accounts_out_and_says_so_and_the_breaker_is_told_beforehand() {
    let mut world = weekend().await;
    let told = until(&world, "2026-03-03 00:00", 1).await;
    assert_eq!((told.accounts, told.more), (1, true));
    world.engine.sending = Sending {
        breaker: Some(Breaker { factor: 3, least: 1 }),
        ..Sending::default()
    };
    let told = until(&world, "2026-03-03 00:00", 100).await;
    let [day] = told.days.as_slice() else {
        panic!("{:?}", told.days)
    };
    assert_eq!(
        (day.on.to_string().as_str(), day.messages, day.asks),
        ("2026-03-02", 2, true)
    );
}

#[tokio::test]
async fn without_rules_nothing_is_told() {
    let world = World::new().await;
    let mut engine = world.engine.clone();
    engine.rulebooks = relance_engine::rulebooks::Rulebooks::default();
    let told = preview::preview(&engine, &world.company, world.now(), 10).await;
    assert_eq!(told.unwrap(), None);
}

#[tokio::test]
async fn it_names_the_accounts_whose_hook_fails() {
    let world = weekend().await;
    let rules = RULES.replacen(
        "{ email template reminder }",
        "{ hook h; email template reminder }",
        1,
    );
    let mut files = files(&format!("{rules}\nhook h(case) -> effects\n"));
    let script = "fn h(kase) { if kase.invoice.number == \"F1\" { throw \"no\"; } [] }";
    files.0.insert("hooks/h.rhai".to_owned(), script.to_owned());
    world.put(&files).await;
    let told = until(&world, "2026-03-05 00:00", 100).await;
    let customers: Vec<&str> = told.lines.iter().map(|line| line.customer.as_str()).collect();
    assert_eq!(customers, ["C2"]);
    assert_eq!(
        told.troubles,
        [(
            "C1".to_owned(),
            "Hook “h” failed (hooks/h.rhai:1): the script says: no; nothing is sent".to_owned()
        )]
    );
}

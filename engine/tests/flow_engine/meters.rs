//! What is counted for those who watch: what this process did, and what lies before all of them.

use prometheus_client::encoding::text;
use prometheus_client::registry::Registry;
use relance_engine::deliver;
use relance_engine::media::catcher::Fault;
use relance_engine::review;
use relance_engine::views::load;

use crate::world::{RULES, World, files};

/// The counts that are not zero, without times, in order.
fn counted(world: &World) -> Vec<String> {
    let mut registry = Registry::default();
    world.engine.meters.register(&mut registry);
    let mut told = String::new();
    text::encode(&mut told, &registry).unwrap();
    let mut counts: Vec<String> = told
        .lines()
        .filter(|line| !line.starts_with('#') && !line.contains("_bucket") && !line.contains("_seconds_sum"))
        .filter(|line| !line.ends_with(" 0"))
        .map(str::to_owned)
        .collect();
    counts.sort();
    counts
}

#[tokio::test]
async fn reviews_hooks_and_what_became_of_messages_are_counted_by_way_and_outcome() {
    let world = World::new().await;
    let rules = RULES.replacen(
        "{ email template reminder }",
        "{ hook h; email template reminder }",
        1,
    );
    let mut with_hook = files(&format!("{rules}\nhook h(case) -> effects\n"));
    with_hook.0.insert(
        "hooks/h.rhai".to_owned(),
        r#"fn h(kase) { if kase.customer.number == "C3" { throw "no" } else { [] } }"#.to_owned(),
    );
    world.put(&with_hook).await;
    for number in ["C1", "C2", "C3"] {
        let email = format!("{}@customer.example", number.to_lowercase());
        let customer = world.customer(number, &email).await;
        world
            .invoice(customer, &format!("F-{number}"), "2026-02-02", 120_000)
            .await;
    }
    world
        .catcher
        .set_fault("c2@customer.example", Fault::CutAfterFinal(1));
    review::pass(&world.engine, 200).await.unwrap();
    deliver::pass(&world.engine, 50).await.unwrap();
    insta::assert_snapshot!(counted(&world).join("\n"));
}

#[tokio::test]
async fn a_pass_that_fails_is_counted_by_its_name() {
    let world = World::new().await;
    let customer = world.customer("C1", "c1@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 120_000).await;
    sqlx::query("alter table actions rename to elsewhere")
        .execute(&world.db.pool)
        .await
        .unwrap();
    // An account that cannot be reviewed alone is set apart; a store that cannot even be told so fails the pass.
    sqlx::query("alter table tasks rename to nowhere")
        .execute(&world.db.pool)
        .await
        .unwrap();
    review::pass(&world.engine, 200).await.unwrap_err();
    let counted = counted(&world);
    assert!(
        counted.contains(&r#"failed_passes_total{pass="review"} 1"#.to_owned()),
        "{counted:?}"
    );
}

#[tokio::test]
async fn the_load_tells_what_is_due_since_when_and_what_waits() {
    let world = World::new().await;
    for number in ["C1", "C2"] {
        let email = format!("{}@customer.example", number.to_lowercase());
        let customer = world.customer(number, &email).await;
        world
            .invoice(customer, &format!("F-{number}"), "2026-02-02", 120_000)
            .await;
    }
    let load = async || {
        let load = load::load(&mut *world.connection().await, world.company.id, world.now()).await;
        let load = load.unwrap();
        let messages: Vec<String> = load
            .messages
            .iter()
            .map(|m| format!("{} {} {}", m.count, m.medium.name(), m.state.word()))
            .collect();
        let tasks: Vec<String> = load
            .tasks
            .iter()
            .map(|(kind, count)| format!("{count} {}", kind.word()))
            .collect();
        format!(
            "{} accounts due for {} s; {} in trouble; {:?} late by {} s; tasks {:?}",
            load.accounts_due,
            load.review_late_by.num_seconds(),
            load.accounts_in_trouble,
            messages,
            load.delivery_late_by.num_seconds(),
            tasks
        )
    };
    let mut told = vec![load().await];
    world.go_to("2026-03-02 08:01");
    told.push(load().await);
    review::pass(&world.engine, 200).await.unwrap();
    told.push(load().await);
    world.go_to("2026-03-02 08:03");
    told.push(load().await);
    world
        .catcher
        .set_fault("c2@customer.example", Fault::CutAfterFinal(1));
    deliver::pass(&world.engine, 50).await.unwrap();
    told.push(load().await);
    insta::assert_snapshot!(told.join("\n"));
}

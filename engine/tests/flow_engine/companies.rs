//! One debtor of two companies.

use relance_engine::store::companies::{self, NewCompany};
use relance_testkit::portfolio;

use crate::world::{World, parsed};

const DEBTOR: &str = "accounts@debtor.example";

#[tokio::test]
async fn who_owes_two_companies_hears_from_each_of_its_own_and_paying_one_leaves_the_other_as_it_is() {
    let mut world = World::new().await;
    let french = world.company.clone();
    let british = NewCompany {
        name: "Lumière UK".to_owned(),
        sender: "Lumière UK <ledger@lumiere.example>".to_owned(),
        language: "en".to_owned(),
        ..portfolio::new_company("ALUK")
    };
    let mut connection = world.connection().await;
    companies::upsert(&mut connection, &british, world.now())
        .await
        .unwrap();
    let british = companies::by_code(&mut connection, "ALUK")
        .await
        .unwrap()
        .unwrap();
    drop(connection);
    // The same number of a customer, the same number of an invoice, the same address: two accounts all the same.
    let debtor = world.customer("C1", DEBTOR).await;
    world.invoice(debtor, "F1", "2026-02-25", 120_000).await;
    world.company = british.clone();
    let other = world.customer("C1", DEBTOR).await;
    world.invoice(other, "F1", "2026-02-25", 34_000).await;
    world.run().await;
    let mut said: Vec<(String, bool, bool)> = world
        .catcher
        .messages()
        .iter()
        .map(|mail| {
            let mail = parsed(&mail.data);
            let from = mail
                .from()
                .unwrap()
                .first()
                .unwrap()
                .address()
                .unwrap()
                .to_owned();
            let body = mail.body_text(0).unwrap();
            (from, body.contains("1,200.00"), body.contains("340.00"))
        })
        .collect();
    said.sort();
    let expected = [
        ("compta@atelier.example".to_owned(), true, false),
        ("ledger@lumiere.example".to_owned(), false, true),
    ];
    assert_eq!(said, expected, "neither sees the books of the other");
    // Paid to one of the two; the limit of a message a day is each company's own.
    world.company = french;
    world.pay(debtor, "F1", 120_000).await;
    world.run_until("2026-03-20").await;
    let later: Vec<String> = world
        .catcher
        .messages()
        .iter()
        .skip(2)
        .map(|mail| {
            let mail = parsed(&mail.data);
            let from = mail
                .from()
                .unwrap()
                .first()
                .unwrap()
                .address()
                .unwrap()
                .to_owned();
            format!("{from}: {}", mail.subject().unwrap())
        })
        .collect();
    let of = |company: &str| later.iter().filter(|line| line.starts_with(company)).count();
    assert_eq!(of("compta@"), 1, "its thanks: {later:?}");
    assert_eq!(
        world
            .rows("select title from tasks t join companies c on c.id = t.company_id where c.code = 'ALUK' order by t.id")
            .await
            .len(),
        1,
        "the British account goes on with its call"
    );
    assert_eq!(
        world
            .count(
                "select count(*) from tasks t join companies c on c.id = t.company_id where c.code = 'ALFR'"
            )
            .await,
        0
    );
}

//! Fields of the firm's own: mapped columns into the store, from there into the facts, and what the import says about them.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on stops, and writes the files that it imports"
)]

use std::collections::BTreeMap;
use std::sync::Arc;

use relance_engine::import::{self, ImportReport, Mapping, Notice};
use relance_engine::rules::dsl::checked::Field;
use relance_engine::rules::facts::AccountFacts;
use relance_engine::rules::promises::Grace;
use relance_engine::rules::rulebook::{Files, build};
use relance_engine::store::companies::Company;
use relance_engine::store::{customers, facts};
use relance_engine::views::{customer, imports, invoices};
use relance_testkit::{TestDb, at, portfolio};
use tempfile::TempDir;

const NOW: &str = "2026-03-10 09:00";

const MAPPING: &str = r#"
[format]
delimiter = ";"
dates = ["d/m/yyyy"]
decimal = ","
group = " "

[[customers]]
file = "clients.csv"

[customers.fields]
number = "N°"
name = "Nom"
custom.region = "Région"
custom.since = "Depuis"
custom.margin = "Marge"
custom.vip = { column = "VIP", values = { J = "yes", N = "no" } }
custom.colour = "Couleur"

[[invoices]]
file = "factures.csv"

[invoices.fields]
customer = "Client"
number = "Pièce"
issued = "Date"
due = "Échéance"
amount = "TTC"
custom.contract = "Contrat"
custom.retained = { column = "Retenue", default = "0" }
"#;

const CUSTOMERS: &str = "\
N°;Nom;Région;Depuis;Marge;VIP;Couleur
C1;Léger;Nord;1/2/2020;12,5 %;J;rouge
C2;Gross;;hier;1.5;N;
";

const INVOICES: &str = "\
Client;Pièce;Date;Échéance;TTC;Contrat;Retenue
C1;F1;1/1/2026;31/1/2026;1 200,50;K-7;1 050,25 EUR
C1;F2;1/1/2026;31/1/2026;100,00;;
";

const RULES: &str = "edition 2026
fields {
  customer.custom.region  text
  customer.custom.since   date
  customer.custom.margin  percent
  customer.custom.vip     yes or no
  invoice.custom.contract text
  invoice.custom.retained amount
}
segments { all otherwise }
scenario s for all { language fr dunning { level 1 a 3 days after due { call } } }
";

fn declared() -> Vec<Arc<Field>> {
    let mut files = Files::default();
    files.0.insert("rules.relance".into(), RULES.into());
    build(&files).rulebook.unwrap().checked.fields.clone()
}

struct Scene {
    db: TestDb,
    company: Company,
    folder: TempDir,
}

impl Scene {
    async fn new() -> Self {
        let db = TestDb::new().await;
        let mut conn = db.pool.acquire().await.unwrap();
        let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
        drop(conn);
        let scene = Self {
            db,
            company,
            folder: tempfile::tempdir().unwrap(),
        };
        scene.file("clients.csv", CUSTOMERS);
        scene.file("factures.csv", INVOICES);
        scene
    }

    fn file(&self, name: &str, text: &str) {
        std::fs::write(self.folder.path().join(name), text).unwrap();
    }

    async fn import(&self) -> ImportReport {
        let mapping = Mapping::from_toml(MAPPING).unwrap();
        let folder = self.folder.path();
        let (pool, fields) = (&self.db.pool, declared());
        import::run(pool, &self.company, folder, &mapping, &fields, "anna", at(NOW))
            .await
            .unwrap()
    }

    async fn facts(&self, number: &str) -> AccountFacts {
        let mut conn = self.db.pool.acquire().await.unwrap();
        let found = customers::ids_by_number(&mut conn, &self.company, &[number.to_owned()]).await;
        let id = found.unwrap()[0].unwrap();
        let loaded = facts::load(&mut conn, &self.company, &[id], &Grace::default(), at(NOW)).await;
        loaded.unwrap().remove(0)
    }
}

fn noted(values: &[(&str, &str)]) -> BTreeMap<String, String> {
    let values = values.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
    values.collect()
}

#[tokio::test]
async fn mapped_columns_are_stored_and_loaded_in_the_way_that_the_rules_read() {
    let scene = Scene::new().await;
    scene.import().await;
    let facts = scene.facts("C1").await;
    assert_eq!(
        facts.customer.custom,
        noted(&[
            ("region", "Nord"),
            ("since", "2020-02-01"),
            ("margin", "12.5"),
            ("vip", "yes"),
            ("colour", "rouge"),
        ])
    );
    let of = |number: &str| facts.invoices.iter().find(|i| i.number == number).unwrap();
    assert_eq!(
        of("F1").custom,
        noted(&[("contract", "K-7"), ("retained", "1050.25 EUR")])
    );
    assert_eq!(of("F2").custom, noted(&[("retained", "0")]));
}

#[tokio::test]
async fn the_import_says_what_nobody_declares_and_what_cannot_be_read() {
    let scene = Scene::new().await;
    let report = scene.import().await;
    assert_eq!(report.rejects, []);
    let unreadable = |field: &str, value: &str| Notice::Unreadable {
        field: field.to_owned(),
        file: "clients.csv".to_owned(),
        lines: 1,
        line: 3,
        value: value.to_owned(),
    };
    let expected = [
        Notice::Undeclared {
            field: "customer.custom.colour".to_owned(),
            file: "clients.csv".to_owned(),
        },
        unreadable("customer.custom.margin", "1.5"),
        unreadable("customer.custom.since", "hier"),
    ];
    assert_eq!(report.notices, expected);
    let mut conn = scene.db.pool.acquire().await.unwrap();
    let run = imports::load(&mut conn, scene.company.id, report.run_id.0).await;
    assert_eq!(run.unwrap().unwrap().notices, expected);
    // Neither is a guess: `1.5` is no number as the mapping writes numbers, and a day `hier` cannot be taken for one.
    assert_eq!(
        scene.facts("C2").await.customer.custom,
        noted(&[("since", "hier"), ("vip", "no")])
    );
}

#[tokio::test]
async fn the_same_again_changes_nothing_and_an_emptied_cell_takes_the_value_away() {
    let scene = Scene::new().await;
    scene.import().await;
    let again = scene.import().await;
    assert_eq!(again.counts["customers"].unchanged, 2);
    assert_eq!(again.counts["invoices"].unchanged, 2);
    scene.file("clients.csv", &CUSTOMERS.replace("Nord;1/2/2020", ";1/2/2020"));
    scene.file("factures.csv", &INVOICES.replace("K-7", "K-8"));
    let changed = scene.import().await;
    assert_eq!(
        (
            changed.counts["customers"].changed,
            changed.counts["invoices"].changed
        ),
        (1, 1)
    );
    let facts = scene.facts("C1").await;
    assert_eq!(facts.customer.custom.get("region"), None);
    assert_eq!(facts.customer.custom.get("vip").map(String::as_str), Some("yes"));
    assert_eq!(
        facts.invoices[0].custom.get("contract").map(String::as_str),
        Some("K-8")
    );
}

#[tokio::test]
async fn what_is_stored_outside_of_the_import_keeps_the_fields_that_it_does_not_name() {
    let scene = Scene::new().await;
    scene.import().await;
    let mut conn = scene.db.pool.acquire().await.unwrap();
    let mut plain = portfolio::new_customer("C1");
    plain.custom.insert("region".to_owned(), Some("Sud".to_owned()));
    customers::upsert(&mut conn, &scene.company, &plain, at(NOW))
        .await
        .unwrap();
    let head = customer::head(&mut conn, scene.company.id, "C1")
        .await
        .unwrap()
        .unwrap();
    assert_eq!(head.custom.get("region").map(String::as_str), Some("Sud"));
    assert_eq!(head.custom.get("colour").map(String::as_str), Some("rouge"));
    let listed = invoices::of_customer(&mut conn, scene.company.id, head.id, 10, 10).await;
    assert_eq!(
        listed.unwrap()[0].custom.get("contract").map(String::as_str),
        Some("K-7")
    );
}

#[test]
fn a_mapping_names_fields_of_the_firms_own_where_there_are_some() {
    let with = |line: &str| Mapping::from_toml(&MAPPING.replace("custom.region = \"Région\"", line));
    assert!(with("\"custom.region\" = \"Région\"").is_ok());
    let refused = with("custom.2nd = \"Région\"").unwrap_err().to_string();
    assert!(
        refused.contains("`custom.2nd` is no name of a field of your own"),
        "{refused}"
    );
    let refused = with("regoin = \"Région\"").unwrap_err().to_string();
    assert!(
        refused.contains("and fields of your own as `custom.region`"),
        "{refused}"
    );
    let of_payments = "[[payments]]\nfile = \"p.csv\"\n[payments.fields]\nreference = \"R\"\nreceived_on = \"D\"\n\
                       amount = \"A\"\ncustom.region = \"X\"\n";
    let refused = Mapping::from_toml(of_payments).unwrap_err().to_string();
    assert!(refused.contains("there is no field `custom.region`"), "{refused}");
}

/// What is said of a template of the rules above.
fn said_of(template: &str) -> Vec<String> {
    let mut files = Files::default();
    let rules = RULES.replace("{ call }", "{ email template own }");
    files.0.insert("rules.relance".into(), rules);
    let text = format!("---\nsubject: \"Hello\"\n---\n{template}\n");
    files.0.insert("templates/own.fr.md".into(), text);
    let built = relance_engine::rulebooks::check(&files);
    built
        .diagnostics
        .iter()
        .map(|d| {
            let help = d.help.as_ref().map_or("", |help| help.en.as_str());
            format!("{} / {help}", d.message.en)
        })
        .collect()
}

#[test]
fn templates_name_the_fields_that_the_rules_declare_and_no_others() {
    let good = "{{ customer.custom.region }} {% if customer.custom.vip %}!{% endif %} {{ customer.custom.since | date }}\n\
                {% for invoice in invoices %}{{ invoice.custom.contract }} {{ invoice.custom.retained }}{% endfor %}";
    // What is not noted is none: a filter for days does not take it, a condition does.
    let found = said_of(good);
    assert!(
        found.iter().all(|said| !said.contains("is not known")),
        "{found:?}"
    );
    let guarded = good.replace(
        "{{ customer.custom.since | date }}",
        "{% if customer.custom.since %}{{ customer.custom.since | date }}{% endif %}",
    );
    assert_eq!(said_of(&guarded), [""; 0]);
    let wrong =
        said_of("{{ customer.custom.regoin }} {% for i in invoices %}{{ i.custom.phase }}{% endfor %}");
    assert!(
        wrong[0].starts_with(
            "`customer.custom.regoin` is not known in messages / did you mean `customer.custom.region`"
        ),
        "{wrong:?}"
    );
    assert!(
        wrong[1].starts_with("`i.custom.phase` is not known in messages"),
        "{wrong:?}"
    );
}

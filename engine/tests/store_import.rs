//! The import of folders: what is in, what is refused and why, and that nothing happens twice.

#![allow(
    clippy::inconsistent_digit_grouping,
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a test that cannot go on has failed; 100_00 are cents, read as euros"
)]

use std::path::Path;

use relance_engine::import::{self, Batch, Counts, ImportError, ImportReport, Mapping, Reject};
use relance_engine::store::companies::Company;
use relance_engine::store::payments::{NewPayment, Pays};
use relance_testkit::portfolio::{self, eur, new_contact, new_customer, new_invoice};
use relance_testkit::{TestDb, at, day};
use tempfile::TempDir;

const NOW: &str = "2026-03-10 09:00";

const MAPPING: &str = r#"
[format]
encoding = "windows-1252"
delimiter = ";"
dates = ["d/m/yyyy"]
decimal = ","
group = " "

[[customers]]
file = "clients.csv"
[customers.fields]
number = "N°"
name = "Nom"
country = { column = "Pays", values = { France = "FR", Allemagne = "DE" }, default = "FR" }
tags = "Tags"
credit_limit = "Plafond"

[[contacts]]
file = "clients.csv"
[contacts.fields]
customer = "N°"
name = { column = "Contact", default = "Comptabilité" }
email = "Courriel"

[[invoices]]
file = "factures.csv"
[invoices.fields]
customer = "Client"
number = "Pièce"
issued = "Date"
due = "Échéance"
amount = "TTC"
applies_to = "Avoir sur"

[[payments]]
file = "encaissements.csv"
optional = true
[payments.fields]
reference = "Réf"
invoice = "Pièce"
customer = "Client"
received_on = "Le"
amount = "Montant"
taken_back = "Impayé"
"#;

const CUSTOMERS: &str = "\
N°;Nom;Pays;Tags;Plafond;Contact;Courriel
C1;Menuiserie Léger;France;vip, bois;10 000,00;Anne;anne@leger.example
C2;Tischlerei Groß;Allemagne;;;;post@gross.example
";

const INVOICES: &str = "\
Client;Pièce;Date;Échéance;TTC;Avoir sur
C1;F1;1/1/2026;31/1/2026;1 200,50;
C1;A1;5/2/2026;;-200,50;F1
C2;F2;1/2/2026;3/3/2026;80;
";

struct Scene {
    db: TestDb,
    company: Company,
    folder: TempDir,
    mapping: Mapping,
}

async fn scene() -> Scene {
    let db = TestDb::new().await;
    let mut conn = db.pool.acquire().await.unwrap();
    let company = portfolio::company(&mut conn, "ALFR", at(NOW)).await;
    drop(conn);
    let scene = Scene {
        db,
        company,
        folder: tempfile::tempdir().unwrap(),
        mapping: Mapping::from_toml(MAPPING).unwrap(),
    };
    scene.file("clients.csv", CUSTOMERS);
    scene.file("factures.csv", INVOICES);
    scene
}

impl Scene {
    /// Writes a file in Windows-1252, as the mapping says.
    fn file(&self, name: &str, text: &str) {
        let bytes: Vec<u8> = text
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap())
            .collect();
        std::fs::write(self.folder.path().join(name), bytes).unwrap();
    }

    async fn run(&self) -> Result<ImportReport, ImportError> {
        let folder = self.folder.path();
        import::run(
            &self.db.pool,
            &self.company,
            folder,
            &self.mapping,
            &[],
            "anna",
            at(NOW),
        )
        .await
    }

    /// Number, open amount, cycle of all documents.
    async fn open(&self) -> Vec<(String, String, i32)> {
        sqlx::query_as("select number, trim_scale(open_amount)::text, cycle from invoices order by number")
            .fetch_all(&self.db.pool)
            .await
            .unwrap()
    }

    async fn count(&self, what: &str) -> i64 {
        sqlx::query_scalar(sqlx::AssertSqlSafe(format!("select count(*) from {what}")))
            .fetch_one(&self.db.pool)
            .await
            .unwrap()
    }
}

fn reject(file: &str, line: u32, field: Option<&str>, value: Option<&str>, reason: &str) -> Reject {
    Reject {
        file: file.to_owned(),
        line,
        field: field.map(str::to_owned),
        value: value.map(str::to_owned),
        reason: reason.to_owned(),
    }
}

fn open(expected: &[(&str, &str, i32)]) -> Vec<(String, String, i32)> {
    expected
        .iter()
        .map(|(number, open, cycle)| ((*number).to_owned(), (*open).to_owned(), *cycle))
        .collect()
}

#[tokio::test]
async fn a_french_folder_is_in_with_accents_amounts_and_credit_notes() {
    let scene = scene().await;
    scene.file(
        "encaissements.csv",
        "Réf;Pièce;Client;Le;Montant;Impayé\nV1;F2;;9/3/2026;50,00;\n",
    );
    let report = scene.run().await.unwrap();
    assert_eq!(report.rejects, []);
    assert_eq!(report.counts["invoices"].new, 3);
    assert_eq!(
        scene.open().await,
        open(&[("A1", "0", 1), ("F1", "1000", 1), ("F2", "30", 1)])
    );
    let customer: (String, Vec<String>, String) = sqlx::query_as(
        "select name, tags, trim_scale(credit_limit)::text from customers where number = 'C1'",
    )
    .fetch_one(&scene.db.pool)
    .await
    .unwrap();
    let tags = vec!["vip".to_owned(), "bois".to_owned()];
    assert_eq!(
        customer,
        ("Menuiserie Léger".to_owned(), tags, "10000".to_owned())
    );
    let mains = "contacts where main and name in ('Anne', 'Comptabilité')";
    assert_eq!(scene.count(mains).await, 2);
}

#[tokio::test]
async fn the_same_folder_again_writes_nothing_and_wakes_nobody() {
    let scene = scene().await;
    scene.file(
        "encaissements.csv",
        "Réf;Pièce;Client;Le;Montant;Impayé\nV1;F2;C2;9/3/2026;80;\n",
    );
    scene.run().await.unwrap();
    sqlx::query("update accounts set next_review_at = null")
        .execute(&scene.db.pool)
        .await
        .unwrap();
    let tables = ["events", "invoices", "allocations", "payments", "contacts"];
    let mut before = Vec::new();
    for table in tables {
        before.push(scene.count(table).await);
    }
    let report = scene.run().await.unwrap();
    for (kind, counts) in report.counts {
        assert_eq!(
            (counts.new, counts.changed, counts.unchanged),
            (0, 0, counts.read),
            "{kind}"
        );
    }
    let mut after = Vec::new();
    for table in tables {
        after.push(scene.count(table).await);
    }
    assert_eq!(before, after);
    assert_eq!(scene.count("accounts where next_review_at is not null").await, 0);
}

#[tokio::test]
async fn bad_lines_are_listed_with_line_column_value_and_reason_and_the_good_ones_are_in() {
    let scene = scene().await;
    scene.file(
        "clients.csv",
        &format!("{CUSTOMERS}C3;Ohne Land;Schweiz;;;;\nC4;Keine Post;;;;;post.example\nC1;Anders;;;;;x@y\nC5;zu;kurz\n"),
    );
    scene.file(
        "factures.csv",
        &format!("{INVOICES}C2;F3;31/2/2026;3/3/2026;80;\nC9;F4;1/2/2026;3/3/2026;80;\nC2;F5;1/2/2026;3/3/2026;1.234,00;\nC2;F6;1/2/2026;;80;\n"),
    );
    scene.file(
        "encaissements.csv",
        "Réf;Pièce;Client;Le;Montant;Impayé\nV1;F9;C1;9/3/2026;50;\nV2;F2;C1;9/3/2026;50;\nV3;F2;C2;9/3/2026;-5;\nV4;;;9/3/2026;5;\n",
    );
    let report = scene.run().await.unwrap();
    let expected = [
        reject(
            "clients.csv",
            4,
            Some("Pays"),
            Some("Schweiz"),
            "the mapping does not say what this means; add it to `values`",
        ),
        reject(
            "clients.csv",
            5,
            Some("Courriel"),
            Some("post.example"),
            "not a mail address; name@domain is expected",
        ),
        reject(
            "clients.csv",
            6,
            None,
            None,
            "the same customer is given differently on line 2 of clients.csv",
        ),
        reject(
            "clients.csv",
            7,
            None,
            None,
            "3 columns where the first line has 7; is a delimiter inside a text without quotes?",
        ),
        reject(
            "encaissements.csv",
            2,
            None,
            None,
            "payment V1: there is no invoice F9; import the invoice first",
        ),
        reject(
            "encaissements.csv",
            3,
            None,
            None,
            "payment V2: invoice F2 belongs to another customer",
        ),
        reject(
            "encaissements.csv",
            4,
            Some("Montant"),
            Some("-5"),
            "a payment is more than zero; one that was returned is marked by the field `taken_back`",
        ),
        reject(
            "encaissements.csv",
            5,
            Some("Client"),
            Some(""),
            "neither a customer nor an invoice: whose payment is it?",
        ),
        reject(
            "factures.csv",
            5,
            Some("Date"),
            Some("31/2/2026"),
            "not a day; days are written d/m/yyyy here",
        ),
        reject(
            "factures.csv",
            6,
            None,
            None,
            "there is no customer C9; is it missing in the customers file, or refused there?",
        ),
        reject(
            "factures.csv",
            7,
            Some("TTC"),
            Some("1.234,00"),
            "not an amount; amounts have `,` before the decimals and ` ` between thousands here",
        ),
        reject("factures.csv", 8, Some("Échéance"), Some(""), "`due` is empty"),
    ];
    for (found, expected) in report.rejects.iter().zip(&expected) {
        assert_eq!(found, expected);
    }
    // C4 is in as a customer, without the contact that cannot be written to.
    assert_eq!(report.rejects.len(), expected.len(), "{:#?}", report.rejects);
    assert_eq!(scene.count("customers").await, 3);
    assert_eq!(scene.count("invoices").await, 3);
    assert_eq!(scene.count("import_rejects").await, 12);
    let listed = std::fs::read_to_string(report.rejects_file.unwrap()).unwrap();
    assert_eq!(listed.lines().count(), 13);
    assert!(listed.starts_with("file,line,column,value,reason\nclients.csv,4,Pays,Schweiz,"));
}

#[tokio::test]
async fn a_line_whose_payment_cannot_be_read_gives_no_unpaid_invoice() {
    let mut scene = scene().await;
    scene.mapping = Mapping::from_toml(
        r#"
        [format]
        encoding = "windows-1252"
        dates = ["d/m/yyyy"]
        [[customers]]
        file = "tout.csv"
        fields = { number = "Client", name = "Client" }
        [[invoices]]
        file = "tout.csv"
        fields = { customer = "Client", number = "Piece", issued = "Date", due = "Date", amount = "TTC" }
        [[payments]]
        file = "tout.csv"
        unpaid_when_empty = true
        fields = { reference = "Piece", customer = "Client", invoice = "Piece", received_on = "Paye", amount = "TTC" }
        "#,
    )
    .unwrap();
    scene.file(
        "tout.csv",
        "Client,Piece,Date,TTC,Paye\nA,F1,1/2/2026,10,\nA,F2,1/2/2026,20,32/2/2026\nA,F3,1/2/2026,30,5/3/2026\n",
    );
    let report = scene.run().await.unwrap();
    assert_eq!(report.rejects.len(), 1, "{:?}", report.rejects);
    assert_eq!(
        (report.rejects[0].line, report.rejects[0].field.as_deref()),
        (3, Some("Paye"))
    );
    assert_eq!(scene.open().await, open(&[("F1", "10", 1), ("F3", "0", 1)]));
    scene.file(
        "tout.csv",
        "Client,Piece,Date,TTC,Paye\nA,F2,1/2/2026,20,28/2/2026\n",
    );
    scene.run().await.unwrap();
    assert_eq!(
        scene.open().await,
        open(&[("F1", "10", 1), ("F2", "0", 1), ("F3", "0", 1)])
    );
}

#[tokio::test]
async fn repaired_lines_come_in_with_the_next_run() {
    let scene = scene().await;
    let header = "Client;Pièce;Date;Échéance;TTC;Avoir sur\n";
    scene.file(
        "encaissements.csv",
        "Réf;Pièce;Client;Le;Montant;Impayé\nV1;F2;C2;9/3/2026;80;\n",
    );
    scene.file("factures.csv", &format!("{header}C2;F2;1/2/2026;3/3/2026;8o;\n"));
    assert_eq!(scene.run().await.unwrap().rejects.len(), 2);
    scene.file("factures.csv", INVOICES);
    let report = scene.run().await.unwrap();
    assert_eq!(report.rejects, []);
    assert_eq!(report.counts["payments"].new, 1);
    assert_eq!(scene.open().await[2], ("F2".to_owned(), "0".to_owned(), 1));
}

#[tokio::test]
async fn a_payment_marked_as_returned_is_taken_back_once() {
    let scene = scene().await;
    let header = "Réf;Pièce;Client;Le;Montant;Impayé\n";
    scene.file("encaissements.csv", &format!("{header}V1;F2;C2;9/3/2026;80;\n"));
    scene.run().await.unwrap();
    scene.file(
        "encaissements.csv",
        &format!("{header}V1;F2;C2;9/3/2026;80;oui\nV7;F2;C2;9/3/2026;80;oui\n"),
    );
    let counts = |changed, unchanged| Counts {
        read: 2,
        changed,
        unchanged,
        ..Counts::default()
    };
    assert_eq!(scene.run().await.unwrap().counts["payments"], counts(1, 1));
    assert_eq!(scene.run().await.unwrap().counts["payments"], counts(0, 2));
    assert_eq!(scene.open().await[2], ("F2".to_owned(), "80".to_owned(), 2));
}

#[tokio::test]
async fn a_payment_booked_anew_under_another_reference_leaves_the_invoice_paid() {
    let scene = scene().await;
    let header = "Réf;Pièce;Client;Le;Montant;Impayé\n";
    scene.file("encaissements.csv", &format!("{header}V1;F2;C2;9/3/2026;80;\n"));
    scene.run().await.unwrap();
    scene.file(
        "encaissements.csv",
        &format!("{header}V2;F2;C2;9/3/2026;80;\nV1;F2;C2;9/3/2026;80;oui\n"),
    );
    scene.run().await.unwrap();
    assert_eq!(scene.open().await[2], ("F2".to_owned(), "0".to_owned(), 2));
}

#[tokio::test]
async fn two_imports_of_one_folder_at_once_store_it_once() {
    let scene = scene().await;
    scene.file(
        "encaissements.csv",
        "Réf;Pièce;Client;Le;Montant;Impayé\nV1;F2;C2;9/3/2026;50;\n",
    );
    let (first, second) = tokio::join!(scene.run(), scene.run());
    for (kind, new) in [
        ("customers", 2),
        ("contacts", 2),
        ("invoices", 3),
        ("payments", 1),
    ] {
        let found = [&first, &second].map(|run| run.as_ref().unwrap().counts[kind].new);
        assert_eq!(found.iter().sum::<u32>(), new, "{kind}");
    }
    assert_eq!(
        scene.open().await,
        open(&[("A1", "0", 1), ("F1", "1000", 1), ("F2", "30", 1)])
    );
}

#[tokio::test]
async fn a_mapping_that_does_not_fit_is_refused_before_anything_is_written() {
    let scene = scene().await;
    scene.file("factures.csv", "Client;Numéro\n");
    let error = scene.run().await.unwrap_err().to_string();
    assert_eq!(
        error,
        "the mapping does not serve: file factures.csv has no column `TTC` for field `amount`; its columns are Client, Numéro"
    );
    assert_eq!(scene.count("customers").await, 0);
    std::fs::remove_file(scene.folder.path().join("factures.csv")).unwrap();
    assert!(matches!(scene.run().await, Err(ImportError::Read { .. })));
}

#[test]
fn mapping_files_with_mistakes_are_refused_in_words() {
    let field = |text: &str| format!("[[customers]]\nfile = \"c.csv\"\n[customers.fields]\n{text}\n");
    for (text, why) in [
        (
            String::new(),
            "it names no file; write [[customers]], [[contacts]], [[invoices]] or [[payments]]",
        ),
        (
            field("number = \"A\""),
            "[[customers]] of file c.csv: field `name` is missing",
        ),
        (
            field("number = \"A\"\nname = \"B\"\ncity = \"C\""),
            "[[customers]] of file c.csv: there is no field `city`; there are number, name, kind, country, language, time_zone, tags, credit_limit, segment and fields of your own as `custom.region`",
        ),
        (
            field("number = \"A\"\nname = { default = \"x\" }"),
            "[[customers]] of file c.csv: field `name` needs either `column` or `constant`",
        ),
        (
            field("number = \"A\"\nname = \"B\"").replace("c.csv", "../c.csv"),
            "[[customers]] of file ../c.csv: `file` is a name in the folder, without a path",
        ),
    ] {
        let error = Mapping::from_toml(&text).unwrap_err().to_string();
        assert_eq!(error, format!("the mapping does not serve: {why}"));
    }
    let unknown = Mapping::from_toml("[formats]\n").unwrap_err().to_string();
    assert!(unknown.contains("unknown field `formats`"), "{unknown}");
}

#[tokio::test]
async fn a_batch_made_in_memory_goes_the_same_way() {
    let scene = scene().await;
    let mut conn = scene.db.pool.acquire().await.unwrap();
    let batch = || {
        let mut batch = Batch::default();
        let customer = || "C7".to_owned();
        batch.payment(NewPayment {
            customer: customer(),
            reference: "P1".to_owned(),
            received_on: day("2026-03-01"),
            amount: eur(70_00),
            note: None,
            pays: vec![Pays {
                invoice: "F7".to_owned(),
                amount: None,
            }],
        });
        batch.invoice(new_invoice(customer(), "F7", day("2026-02-01"), 100_00), None);
        batch.contact(new_contact(customer(), "a@c7.example"));
        batch.contact(new_contact("C8".to_owned(), "a@c8.example"));
        batch.customer(new_customer("C7"));
        batch
    };
    let applied = import::apply(&mut conn, &scene.company, batch(), at(NOW))
        .await
        .unwrap();
    assert_eq!((applied.invoices.new, applied.payments.new), (1, 1));
    assert_eq!(applied.rejects.len(), 1);
    assert_eq!(
        (applied.rejects[0].file.as_str(), applied.rejects[0].line),
        ("contacts", 2)
    );
    assert_eq!(scene.open().await, open(&[("F7", "30", 1)]));
    let again = import::apply(&mut conn, &scene.company, batch(), at(NOW))
        .await
        .unwrap();
    assert_eq!((again.invoices.unchanged, again.payments.unchanged), (1, 1));
}

#[test]
fn the_mappings_of_the_examples_can_be_read() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let mut found = 0;
    for example in std::fs::read_dir(examples).unwrap() {
        if let Ok(text) = std::fs::read_to_string(example.unwrap().path().join("import.toml")) {
            Mapping::from_toml(&text).unwrap();
            found += 1;
        }
    }
    assert!(found >= 1);
}

//! A firm with a rulebook, a clock that stands still, and a mail server that catches everything.

use std::collections::BTreeMap;
use std::time::Duration;

use chrono::{DateTime, Utc};
use mail_parser::{Message, MessageParser};
use relance_engine::bell::Bell;
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::catcher::Catcher;
use relance_engine::media::email::{Mailer, SmtpSettings};
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::Moments;
use relance_engine::openings::Openings;
use relance_engine::rulebooks::{PutInForce, Rulebooks, put_in_force};
use relance_engine::rules::dsl::diagnostic;
use relance_engine::rules::ids::{CustomerId, InvoiceId, TaskId};
use relance_engine::rules::rulebook::Files;
use relance_engine::run::{self, Totals};
use relance_engine::sending::Sending;
use relance_engine::store::companies::{self, Company, NewCompany};
use relance_engine::store::contacts::{self, NewContact};
use relance_engine::store::payments::{self, NewPayment, Pays};
use relance_testkit::{TestDb, at, day, portfolio};
use sqlx::pool::PoolConnection;
use sqlx::{Postgres, Row};

/// Three levels, thanks, one message a day; nothing of the standard library.
pub const RULES: &str = r#"edition 2026

segments { everyone "Everyone" otherwise }

calendar office "Office" { closed on saturday, sunday }

scenario plain "Plain" for everyone {
  language  contact.language else customer.language else en
  send      on business days of office, 08:00 to 18:00, company time
  contact   role accounts_payable else main
  hold      while disputed, promised, or unallocated cash covers it

  dunning {
    level 1 reminder "Reminder"       5 days after due      { email template reminder }
    level 2 call     "Call"           5 days after level 1  { call script call assign collector within 2 business days }
    level 3 final    "Final reminder" 5 days after level 2  { email template final }
  }

  thanks { when paid in full { email template thanks, at most once per 30 days } }
}
"#;

pub fn templates() -> Vec<(&'static str, &'static str)> {
    vec![
        (
            "templates/reminder.en.md",
            "---\nsubject: \"{{ invoices | length | plural('Invoice', 'Invoices') }} to be paid - {{ company.name }}\"\n---\n\
             Dear {{ contact.name }},\n\nyet unpaid:\n\n{{ table(invoices) }}\n\nIn all {{ total }} as of {{ today | date }}.\n\n\
             {{ sender_name }}\n",
        ),
        (
            "templates/reminder.fr.md",
            "---\nsubject: \"{{ invoices | length | plural('Facture', 'Factures') }} à régler - {{ company.name }}\"\n---\n\
             Bonjour {{ contact.name }},\n\nreste à payer :\n\n{{ table(invoices) }}\n\nSoit {{ total }} au {{ today | date }}.\n\n\
             {{ sender_name }}\n",
        ),
        (
            "templates/final.md",
            "---\nsubject: Last reminder\n---\nPlease pay **now**:\n\n{{ table(invoices) }}\n",
        ),
        (
            "templates/thanks.md",
            "---\nsubject: Thank you\n---\nThank you, {{ customer.name }}.\n",
        ),
        ("templates/call.md", "Ask {{ contact.name }} about {{ total }}.\n"),
    ]
}

pub fn files(rules: &str) -> Files {
    let mut files: BTreeMap<String, String> = templates()
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    files.insert("rules.relance".to_owned(), rules.to_owned());
    Files(files)
}

pub struct World {
    pub engine: Engine,
    pub clock: ManualClock,
    pub catcher: Catcher,
    pub company: Company,
    // Last: dropped when nothing uses it any more.
    pub db: TestDb,
}

impl World {
    /// The rules of [`RULES`] on a Monday, 2026-03-02 09:00 in Paris.
    pub async fn new() -> Self {
        Self::with(RULES).await
    }

    pub async fn with(rules: &str) -> Self {
        Self::posting(rules, Webhooks::default()).await
    }

    /// Where messages can be posted.
    pub async fn posting(rules: &str, webhooks: Webhooks) -> Self {
        let db = TestDb::new().await;
        let clock = ManualClock::new(at("2026-03-02 08:00"));
        let catcher = Catcher::start(0).await.unwrap();
        let engine = Engine {
            pool: db.pool.clone(),
            clock: Clock::Manual(clock.clone()),
            rulebooks: Rulebooks::load(&db.pool, webhooks.ways()).await.unwrap(),
            mailer: Mailer::new(settings(&catcher)).unwrap(),
            webhooks,
            openings: Openings::default(),
            moments: Moments::default(),
            sending: Sending::default(),
            bell: Bell::default(),
            meters: Meters::default(),
            worker: "test".to_owned(),
        };
        let mut connection = db.pool.acquire().await.unwrap();
        let new = NewCompany {
            name: "Atelier Lumière".to_owned(),
            sender: "Atelier Lumière <compta@atelier.example>".to_owned(),
            reply_to: Some("Comptabilité <reponse@atelier.example>".to_owned()),
            language: "en".to_owned(),
            ..portfolio::new_company("ALFR")
        };
        companies::upsert(&mut connection, &new, clock.now())
            .await
            .unwrap();
        let company = companies::by_code(&mut connection, "ALFR")
            .await
            .unwrap()
            .unwrap();
        drop(connection);
        let world = Self {
            engine,
            clock,
            catcher,
            company,
            db,
        };
        world.put(&files(rules)).await;
        world
    }

    /// Puts rules in force that must be good.
    pub async fn put(&self, files: &Files) -> i64 {
        let put = put_in_force(
            &self.engine.rulebooks,
            &self.db.pool,
            files,
            "test",
            self.clock.now(),
        )
        .await
        .unwrap();
        match put {
            PutInForce::New(revision) => revision,
            PutInForce::Unchanged => panic!("nothing new"),
            PutInForce::Rejected(diagnostics, sources) => {
                panic!("{}", diagnostic::render(&diagnostics, &sources, false, None))
            }
        }
    }

    pub async fn connection(&self) -> PoolConnection<Postgres> {
        self.db.pool.acquire().await.unwrap()
    }

    pub fn go_to(&self, moment: &str) {
        self.clock.set(at(moment));
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// A customer with a main contact at this address.
    pub async fn customer(&self, number: &str, email: &str) -> CustomerId {
        let mut connection = self.connection().await;
        let customer = portfolio::customer(&mut connection, &self.company, number, self.now()).await;
        let contact = NewContact {
            phone: Some("+33 1 23 45 67 89".to_owned()),
            ..portfolio::new_contact(customer, email)
        };
        contacts::upsert(&mut connection, &self.company, &contact, self.now())
            .await
            .unwrap();
        customer
    }

    /// A second contact, with a role that the scenario does not ask for first.
    pub async fn contact(&self, customer: CustomerId, email: &str, role: Option<&str>) {
        let mut connection = self.connection().await;
        let contact = NewContact {
            main: false,
            role: role.map(str::to_owned),
            ..portfolio::new_contact(customer, email)
        };
        contacts::upsert(&mut connection, &self.company, &contact, self.now())
            .await
            .unwrap();
    }

    pub async fn invoice(&self, customer: CustomerId, number: &str, due: &str, cents: i64) -> InvoiceId {
        let mut connection = self.connection().await;
        portfolio::invoice(
            &mut connection,
            &self.company,
            customer,
            number,
            day(due),
            cents,
            self.now(),
        )
        .await
    }

    /// A payment of an invoice.
    pub async fn pay(&self, customer: CustomerId, invoice: &str, cents: i64) {
        self.receive(
            customer,
            cents,
            vec![Pays {
                invoice: invoice.to_owned(),
                amount: None,
            }],
        )
        .await;
    }

    pub async fn receive(&self, customer: CustomerId, cents: i64, pays: Vec<Pays>) {
        let mut connection = self.connection().await;
        let reference = format!("P{}", self.count("select count(*) from payments").await + 1);
        let payment = NewPayment {
            customer,
            reference,
            received_on: self.company.today(self.now()),
            amount: portfolio::eur(cents),
            note: None,
            pays,
        };
        payments::receive(&mut connection, &self.company, &payment, "test", self.now())
            .await
            .unwrap();
    }

    pub async fn run(&self) -> Totals {
        run::until_idle(&self.engine).await.unwrap()
    }

    /// Runs at 09:00 (Paris, winter) of each day up to this one.
    pub async fn run_until(&self, last: &str) {
        let end = at(&format!("{last} 08:00"));
        loop {
            self.run().await;
            let next = self.now() + chrono::Days::new(1);
            if next > end {
                break;
            }
            self.clock.set(next);
        }
    }

    pub async fn count(&self, query: &'static str) -> i64 {
        sqlx::query_scalar(query).fetch_one(&self.db.pool).await.unwrap()
    }

    /// One text per row.
    pub async fn rows(&self, query: &'static str) -> Vec<String> {
        let rows = sqlx::query(query).fetch_all(&self.db.pool).await.unwrap();
        rows.iter()
            .map(|row| row.get::<Option<String>, _>(0).unwrap_or_default())
            .collect()
    }

    pub async fn open_task(&self, kind: &str) -> TaskId {
        let id: i64 = sqlx::query_scalar("select id from tasks where state = 'open' and kind = $1")
            .bind(kind)
            .fetch_one(&self.db.pool)
            .await
            .unwrap();
        TaskId(id)
    }

    /// To whom mails went, in order.
    pub fn recipients(&self) -> Vec<String> {
        self.catcher
            .messages()
            .into_iter()
            .flat_map(|mail| mail.to)
            .collect()
    }

    pub fn subjects(&self) -> Vec<String> {
        let subject = |data: Vec<u8>| parsed(&data).subject().unwrap_or_default().to_owned();
        self.catcher
            .messages()
            .into_iter()
            .map(|mail| subject(mail.data))
            .collect()
    }
}

/// Short waits: what is to fail, fails soon.
pub fn settings(catcher: &Catcher) -> SmtpSettings {
    SmtpSettings {
        timeout: Duration::from_secs(2),
        ..catcher.settings()
    }
}

pub fn parsed(data: &[u8]) -> Message<'_> {
    MessageParser::default().parse(data).unwrap()
}

/// Waits until something observable holds; fails after ten seconds.
pub async fn until(mut holds: impl AsyncFnMut() -> bool) {
    for _ in 0..1000 {
        if holds().await {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("waited in vain");
}

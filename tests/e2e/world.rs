//! What the tests act on: a company with customers and invoices, a mail server, a folder of rules, and the program.

use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use relance_engine::bell::Bell;
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::catcher::Catcher;
use relance_engine::media::email::Mailer;
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::Moments;
use relance_engine::openings::Openings;
use relance_engine::rulebooks::Rulebooks;
use relance_engine::rules::ids::CustomerId;
use relance_engine::sending::Sending;
use relance_engine::store::companies::Company;
use relance_engine::store::contacts;
use relance_testkit::{TestDb, at, day, portfolio};
use tempfile::TempDir;

/// Rules that every test begins with: a mail five days after the due date, then a call.
pub const RULES: &str = r#"edition 2026
use std.france

segments {
  everyone "All customers" otherwise
}

scenario standard "Standard reminders" for everyone {
  language  contact.language else customer.language else fr
  tone      courteous
  send      on business days of france, 09:00 to 18:00, company time
  contact   main
  hold      while disputed, promised or on plan

  dunning {
    level 1 reminder "First reminder"  5 days after due     { email template reminder }
    level 2 call     "Reminder call"  10 days after level 1 { call script call_reminder assign collector within 2 business days }
  }
}
"#;

/// A Tuesday morning in the sending window, when the invoices of [`World::customers`] are due for their first reminder.
pub const MORNING: &str = "2026-03-10T10:00:00+01:00";

/// The password of all users of the tests.
pub const PASSWORD: &str = "correct horse battery";

/// A company on its own database, with a mail server and a folder of rules.
pub struct World {
    pub db: TestDb,
    pub catcher: Catcher,
    pub rules: TempDir,
    pub company: Company,
    /// How the world reaches the server, when it does.
    pub public_url: Option<&'static str>,
    /// Further settings of the program, as variables.
    pub settings: Vec<(&'static str, &'static str)>,
}

impl World {
    /// A company without customers.
    pub async fn new() -> Self {
        let db = TestDb::new().await;
        let catcher = Catcher::start(0).await.expect("a mail server");
        let rules = TempDir::new().expect("a folder");
        std::fs::write(rules.path().join("rules.relance"), RULES).expect("write the rules");
        let mut connection = db.pool.acquire().await.expect("a connection");
        let company = portfolio::company(&mut connection, "ALFR", at("2026-02-01 08:00")).await;
        drop(connection);
        Self {
            db,
            catcher,
            rules,
            company,
            public_url: None,
            settings: Vec::new(),
        }
    }

    /// A company with so many customers, `C001` and on, each with one invoice (`F-C001`) due on 20 February 2026.
    pub async fn with_customers(count: u32) -> Self {
        let world = Self::new().await;
        for number in 1..=count {
            world.customer(&format!("C{number:03}")).await;
        }
        world
    }

    /// Adds a customer with a contact and an invoice of 1,200.00 EUR.
    pub async fn customer(&self, number: &str) -> CustomerId {
        let now = at("2026-02-01 08:00");
        let mut tx = self.db.pool.begin().await.expect("a transaction");
        let id = portfolio::customer(&mut tx, &self.company, number, now).await;
        let address = format!("{}@customer.example", number.to_lowercase());
        contacts::upsert(&mut tx, &self.company, &portfolio::new_contact(id, &address), now)
            .await
            .expect("store a contact");
        let invoice = format!("F-{number}");
        portfolio::invoice(
            &mut tx,
            &self.company,
            id,
            &invoice,
            day("2026-02-20"),
            120_000,
            now,
        )
        .await;
        tx.commit().await.expect("commit");
        id
    }

    /// The engine in this process, with a clock that stands still.
    pub async fn engine(&self, now: DateTime<Utc>) -> Engine {
        Engine {
            pool: self.db.pool.clone(),
            clock: Clock::Manual(ManualClock::new(now)),
            rulebooks: Rulebooks::load(&self.db.pool, Webhooks::default().ways())
                .await
                .expect("the rules in force"),
            mailer: Mailer::new(self.catcher.settings()).expect("a mailer"),
            webhooks: Webhooks::default(),
            openings: Openings::default(),
            moments: Moments::default(),
            sending: Sending::default(),
            bell: Bell::default(),
            meters: Meters::default(),
            worker: "test".to_owned(),
        }
    }

    /// The program with these arguments, not yet started.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = program(arguments);
        command
            .env("RELANCE_DATABASE_URL", &self.db.url)
            .env("RELANCE_SMTP_PORT", self.catcher.address().port().to_string())
            .env("RELANCE_RULES_FOLDER", self.rules.path())
            .env("RELANCE_DATABASE_MAX_CONNECTIONS", "6");
        if let Some(address) = self.public_url {
            command.env("RELANCE_SERVER_PUBLIC_URL", address);
        }
        command.envs(self.settings.iter().copied());
        command
    }

    /// Runs the program to its end. On a thread of its own: the mail server of this test goes on answering.
    pub async fn run(&self, arguments: &[&str]) -> Output {
        let mut command = self.command(arguments);
        tokio::task::spawn_blocking(move || command.output().expect("run the program"))
            .await
            .expect("the program's thread")
    }

    /// Runs it and demands that all went well; gives what it wrote.
    pub async fn good(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments).await;
        assert!(
            output.status.success(),
            "{arguments:?}: {}\n{}",
            text(&output.stdout),
            text(&output.stderr)
        );
        text(&output.stdout)
    }

    /// Adds a user with [`PASSWORD`].
    pub async fn user(&self, login: &str, role: &str, language: &str) {
        let mut command = self.command(&["user", "add", login, "--role", role, "--language", language]);
        command.env("RELANCE_PASSWORD", PASSWORD);
        let output = tokio::task::spawn_blocking(move || command.output().expect("run the program"))
            .await
            .expect("the program's thread");
        assert!(output.status.success(), "{}", text(&output.stderr));
    }

    /// What came in at the mail server: recipient and subject, sorted.
    pub fn mails(&self) -> Vec<(String, String)> {
        let mut mails: Vec<_> = self
            .catcher
            .messages()
            .iter()
            .map(|mail| (mail.to.join(","), header(&mail.data, "Subject")))
            .collect();
        mails.sort();
        mails
    }

    /// Serves pages and API, without reviewing or sending.
    pub async fn serve(&self) -> Served {
        let mut command = self.command(&[
            "serve",
            "--pages-only",
            "--listen",
            "127.0.0.1:0",
            "--format",
            "json",
        ]);
        let child = command.stdout(Stdio::piped()).spawn().expect("start the program");
        Served::wait(child).await
    }
}

/// A header of a mail, unfolded.
pub fn header(mail: &[u8], name: &str) -> String {
    let text = String::from_utf8_lossy(mail)
        .replace("\r\n ", " ")
        .replace("\r\n\t", " ");
    let start = format!("{name}: ");
    text.lines()
        .take_while(|line| !line.is_empty())
        .find_map(|line| line.strip_prefix(&start).map(str::to_owned))
        .unwrap_or_default()
}

/// The program with these arguments and nothing of this process's settings.
pub fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_relance"));
    for (name, _) in
        std::env::vars().filter(|(name, _)| name.starts_with("RELANCE_") || name == "DATABASE_URL")
    {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(std::env::temp_dir());
    command
}

/// Bytes as text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The serving program; killed when it is dropped.
pub struct Served {
    child: Child,
    pub address: String,
}

impl Served {
    pub async fn wait(mut child: Child) -> Self {
        let stdout = child.stdout.take().expect("its output");
        let address = tokio::task::spawn_blocking(move || {
            use std::io::BufRead as _;
            let mut lines = std::io::BufReader::new(stdout).lines();
            let address = lines.by_ref().map_while(Result::ok).find_map(|line| {
                line.split_once("\"listening\": \"")
                    .map(|(_, rest)| rest.replace(['"', ','], ""))
            });
            // The rest is read so that the program never waits for a full pipe.
            std::thread::spawn(move || lines.for_each(drop));
            address
        })
        .await
        .expect("the reader's thread")
        .expect("the address on its first lines");
        Self {
            child,
            address: format!("http://{address}"),
        }
    }

    /// An address of the pages.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Asks again and again until the answer is there; fails after 20 seconds.
pub async fn until<T>(what: &str, mut ask: impl AsyncFnMut() -> Option<T>) -> T {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if let Some(answer) = ask().await {
            return answer;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{what}: not within 20 seconds");
}

/// Writes a file of the rules in one step, as editors do.
pub fn write_rules(folder: &Path, text: &str) {
    let new = folder.join(".rules.new");
    std::fs::write(&new, text).expect("write the rules");
    std::fs::rename(new, folder.join("rules.relance")).expect("put the rules in place");
}

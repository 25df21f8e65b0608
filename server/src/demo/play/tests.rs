use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::bell::Bell;
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::catcher::Catcher;
use relance_engine::media::email::Mailer;
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::Moments;
use relance_engine::openings::Openings;
use relance_engine::rulebooks::{PutInForce, Rulebooks, put_in_force};
use relance_engine::rules::dsl::money::{Currency, Money};
use relance_engine::sending::Sending;
use relance_engine::store::companies::{self, NewCompany};
use relance_engine::views;
use relance_engine::views::customers::{CustomerQuery, CustomerSort};
use relance_testkit::TestDb;

use super::{Play, PlayError, opening};
use crate::demo::rulebook::tests::carried;

const NOW: &str = "2026-03-12T17:00:00Z";

struct Theatre {
    db: TestDb,
    catcher: Catcher,
    engine: Engine,
    clock: ManualClock,
}

async fn theatre() -> Theatre {
    let db = TestDb::new().await;
    let catcher = Catcher::start(0).await.unwrap();
    let clock = ManualClock::new(now());
    let engine = Engine {
        pool: db.pool.clone(),
        clock: Clock::Manual(clock.clone()),
        rulebooks: Rulebooks::default(),
        mailer: Mailer::new(catcher.settings()).unwrap(),
        webhooks: Webhooks::default(),
        openings: Openings::default(),
        moments: Moments::default(),
        sending: Sending::default(),
        bell: Bell::default(),
        meters: Meters::default(),
        worker: "test".to_owned(),
    };
    Theatre {
        db,
        catcher,
        engine,
        clock,
    }
}

fn now() -> DateTime<Utc> {
    NOW.parse().unwrap()
}

impl Theatre {
    async fn open(&self, days: u32) -> Play {
        let play = Play::open(&self.engine, now(), days).await.unwrap();
        if self.engine.rulebooks.current().is_none() {
            let rules = carried();
            let put = put_in_force(
                &self.engine.rulebooks,
                &self.engine.pool,
                &rules,
                "demo",
                opening(play.begin()),
            );
            assert!(matches!(put.await.unwrap(), PutInForce::New(_)));
        }
        play
    }

    /// Plays so many of the hours that are left; gives how many mails were sent.
    async fn play(&self, play: &mut Play, hours: usize) -> u32 {
        let mut sent = 0;
        for hour in play.hours_until(now()).into_iter().take(hours) {
            sent += play.play(&self.engine, &self.clock, hour).await.unwrap().sent;
        }
        sent
    }

    /// Customers, open invoices, and what is open in each company.
    async fn books(&self, play: &Play, today: NaiveDate) -> (i64, i64, Vec<Money>) {
        let mut connection = self.engine.pool.acquire().await.unwrap();
        let (mut customers, mut invoices, mut open) = (0, 0, Vec::new());
        for company in &play.companies {
            let query = CustomerQuery {
                search: "",
                overdue_only: false,
                segment: None,
                sort: CustomerSort::Number,
                descending: false,
                offset: 0,
                limit: 1_000,
            };
            let page = views::customers::list(&mut connection, company.id, company.currency, today, &query)
                .await
                .unwrap();
            customers += page.total;
            invoices += page.rows.iter().map(|row| row.open_invoices).sum::<i64>();
            open.extend(page.rows.iter().map(|row| row.outstanding));
        }
        (customers, invoices, open)
    }

    /// Everything that was mailed, in an order of its own.
    fn mails(&self) -> Vec<(Vec<String>, String)> {
        let mut mails: Vec<_> = self
            .catcher
            .messages()
            .into_iter()
            .map(|mail| {
                let text = String::from_utf8(mail.data).unwrap();
                let subject = text
                    .lines()
                    .find(|line| line.starts_with("Subject:"))
                    .unwrap()
                    .to_owned();
                (mail.to, subject)
            })
            .collect();
        mails.sort();
        mails
    }
}

#[tokio::test]
async fn the_past_is_played_through_the_engine_and_an_interrupted_play_ends_the_same() {
    let whole = theatre().await;
    let mut play = whole.open(1).await;
    let sent = whole.play(&mut play, usize::MAX).await;
    assert!(sent >= 50, "{sent} mails");
    assert_eq!(whole.mails().len(), sent as usize);
    assert!(
        whole
            .mails()
            .iter()
            .flat_map(|(to, _)| to)
            .all(|to| to.ends_with(".example"))
    );
    assert!(play.hours_until(now()).is_empty());

    let cut = theatre().await;
    let mut first = cut.open(1).await;
    cut.play(&mut first, 3).await;
    // The next hour had begun when the program was killed: what it brought in is there, its end was not noted.
    let hour = first.hours_until(now())[0];
    cut.clock.set(hour.at);
    first.begin_hour(&cut.engine, hour, true).await.unwrap();
    drop(first);
    let mut second = cut.open(1).await;
    assert_eq!(second.hours_until(now())[0], hour);
    cut.play(&mut second, usize::MAX).await;
    assert_eq!(cut.mails(), whole.mails());
}

#[tokio::test]
async fn a_store_with_somebody_elses_companies_is_refused() {
    let theatre = theatre().await;
    let theirs = NewCompany {
        code: "ACME".into(),
        name: "Acme".into(),
        country: "FR".into(),
        currency: Currency::EUR,
        language: "fr".into(),
        time_zone: chrono_tz::Europe::Paris,
        sender: "Acme <compta@acme.example>".into(),
        reply_to: None,
        bank: None,
    };
    let mut connection = theatre.engine.pool.acquire().await.unwrap();
    companies::upsert(&mut connection, &theirs, now()).await.unwrap();
    drop(connection);
    let refused = Play::open(&theatre.engine, now(), 1).await.unwrap_err();
    assert!(
        matches!(&refused, PlayError::NotOurs(codes) if codes == "ACME"),
        "{refused}"
    );
}

#[tokio::test]
async fn the_first_morning_brings_everything_of_before_and_again_changes_nothing() {
    let theatre = theatre().await;
    let play = theatre.open(1).await;
    let hour = play.hours_until(now())[0];
    assert_eq!(hour.day, NaiveDate::from_ymd_opt(2026, 3, 11).unwrap());
    theatre.clock.set(hour.at);
    play.begin_hour(&theatre.engine, hour, true).await.unwrap();
    let before = theatre.books(&play, hour.day).await;
    assert_eq!(before.0, 300);
    assert!(before.1 > 200, "{} open invoices", before.1);
    play.begin_hour(&theatre.engine, hour, true).await.unwrap();
    assert_eq!(theatre.books(&play, hour.day).await, before);
}

#[tokio::test]
async fn the_past_of_sixty_days_shows_whatever_the_rules_can_answer() {
    let theatre = theatre().await;
    let mut play = theatre.open(60).await;
    theatre.play(&mut play, usize::MAX).await;
    for (what, count) in relance_testkit::past::counts(&theatre.db).await {
        assert!(count > 0, "{what}: none");
    }
}

//! The campaign: day after day of chaos, each with a quiet evening at which the oracle is asked.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::Result;
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc, Weekday};
use clap::Args;
use relance_engine::bell::Bell;
use relance_engine::clock::{Clock, ManualClock};
use relance_engine::engine::Engine;
use relance_engine::media::email::Mailer;
use relance_engine::media::webhook::Webhooks;
use relance_engine::meters::Meters;
use relance_engine::moments::Moments;
use relance_engine::openings::Openings;
use relance_engine::rulebooks::{Rulebooks, put_in_force};
use relance_engine::sending::Sending;
use relance_testkit::pooler::{Pooler, Pooling};
use tempfile::TempDir;
use tokio::sync::Mutex;

use crate::chaos::{self, Done, Stage};
use crate::clock::SharedClock;
use crate::crew::{Crew, Start};
use crate::database::Database;
use crate::oracle::{Oracle, Outside};
use crate::portfolio::Portfolio;
use crate::quiet::{self, Settled};
use crate::report::Report;
use crate::witness::Witness;
use crate::{rules, worker};

/// How long and how hard.
#[derive(Debug, Clone, Args)]
pub struct Arguments {
    /// How long it takes, in seconds; days that have begun are finished
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// The schedule of what goes wrong
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Workers at a time
    #[arg(long, default_value_t = 4)]
    workers: usize,
    /// Customers of the larger company
    #[arg(long, default_value_t = 120)]
    customers: usize,
    /// Seconds of chaos in a day
    #[arg(long, default_value_t = 8)]
    day: u64,
    /// A PgBouncer, 1.21 or later, to stand between the workers and the database
    #[arg(long)]
    pgbouncer: Option<PathBuf>,
    /// Ends after the first day with a violation
    #[arg(long)]
    stop_at_first: bool,
    /// Tells the database's address at the end, and holds on until its standard input ends: to look into it
    #[arg(long)]
    linger: bool,
}

/// Runs it; the report tells whether every promise was kept.
pub async fn run(arguments: &Arguments) -> Result<Report> {
    let folder = TempDir::with_prefix("relance-faults-")?;
    let mut day = NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default();
    let clock = SharedClock::new(folder.path().join("clock"), morning(day))?;
    let database = Database::start(folder.path()).await?;
    let witness = Witness::start(&folder.path().join("witness"), arguments.seed).await?;
    let pool = database.pool.clone();
    let has_disk = database.has_disk();
    let pooler = match &arguments.pgbouncer {
        Some(program) => Some(Pooler::start(program, &database.url, Pooling::Transaction, 6).await?),
        None => None,
    };
    let start = Start {
        database: pooler
            .as_ref()
            .map_or(&database.url, |pooler| &pooler.url)
            .clone(),
        clock: folder.path().join("clock"),
        smtp: witness.port,
    };
    let rulebooks = Rulebooks::load(&pool, Webhooks::default().ways()).await?;
    put_in_force(&rulebooks, &pool, &rules::rulebook(0), "campaign", clock.now()).await?;
    let portfolio = Portfolio::make(&pool, arguments.customers, clock.now()).await?;
    let engine = Engine {
        pool: pool.clone(),
        clock: Clock::Manual(ManualClock::new(clock.now())),
        rulebooks: rulebooks.clone(),
        mailer: Mailer::new(worker::smtp(witness.port))?,
        webhooks: Webhooks::default(),
        openings: Openings::default(),
        sending: Sending::default(),
        bell: Bell::default(),
        meters: Meters::default(),
        moments: Moments::default(),
        worker: "evening".to_owned(),
    };
    let (crew, database) = (Mutex::new(Crew::new(start)), Mutex::new(database));
    let stage = Stage {
        crew: &crew,
        database: &database,
        pool: &pool,
        clock: &clock,
        portfolio: &portfolio,
        rulebooks: &rulebooks,
        workers: arguments.workers,
        crashes: true,
    };
    let (mut oracle, mut done, mut settled) = (Oracle::default(), Done::default(), Settled::default());
    let began = Instant::now();
    let mut round = 0;
    while round == 0 || began.elapsed() < Duration::from_secs(arguments.seconds) {
        round += 1;
        clock.set(morning(day))?;
        witness.misbehave(true);
        let upset = chaos::reign(&stage, Duration::from_secs(arguments.day), round, arguments.seed).await?;
        witness.misbehave(false);
        done.add(upset);
        {
            use rand::SeedableRng as _;
            let mut luck = rand::rngs::StdRng::seed_from_u64(arguments.seed ^ round);
            crew.lock().await.kill_all(&mut luck).await?;
        }
        database.lock().await.ensure().await?;
        witness.settle().await;
        chaos::note_sending(&pool, "goes on").await?;
        let from = (morning(day) + TimeDelta::hours(4)).max(clock.now());
        chaos::resume(&pool, from).await?;
        rulebooks.refresh(&pool).await?;
        let (people, evening) = quiet::evening(&engine, &portfolio, &witness, from, round).await?;
        settled.add(people);
        let companies: Vec<_> = portfolio
            .companies
            .iter()
            .map(|(company, _)| (company.id, company.today(evening)))
            .collect();
        let ended = crew.lock().await.ended.clone();
        let outside = Outside {
            ended: &ended,
            upheavals: &done.upheavals,
        };
        let before = oracle.violations.len();
        oracle.ask(&pool, &witness, &outside, &companies, evening).await?;
        for (promise, why) in &oracle.violations[before..] {
            eprintln!("day {round} ({day}): {}: {why}", promise.name());
        }
        if arguments.stop_at_first && !oracle.violations.is_empty() {
            break;
        }
        day = next(day);
    }
    if arguments.linger {
        eprintln!("the database is at {}", database.lock().await.url);
        tokio::task::spawn_blocking(|| std::io::copy(&mut std::io::stdin(), &mut std::io::sink())).await??;
    }
    let crew = crew.into_inner();
    let died: BTreeMap<_, _> = crew.died.into_iter().collect();
    database.into_inner().stop().await?;
    Ok(Report {
        seed: arguments.seed,
        days: round,
        took: began.elapsed(),
        killed: crew.killed,
        died,
        has_disk,
        done,
        settled,
        mischief: witness.mischief(),
        oracle,
    })
}

/// When the work of a day begins: two hours after the sending window opens in Paris.
fn morning(day: NaiveDate) -> DateTime<Utc> {
    day.and_time(NaiveTime::MIN).and_utc() + TimeDelta::hours(7)
}

/// The next day on which messages may leave.
fn next(day: NaiveDate) -> NaiveDate {
    use chrono::Datelike as _;
    let tomorrow = day + Days::new(1);
    if tomorrow.weekday() == Weekday::Sun {
        tomorrow + Days::new(1)
    } else {
        tomorrow
    }
}

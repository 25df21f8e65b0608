//! Everything that goes wrong at once, for a while.

use std::time::{Duration, Instant};

use anyhow::Result;
use chrono::{DateTime, TimeDelta, Utc};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use relance_engine::rulebooks::{Rulebooks, put_in_force};
use relance_engine::store::stops::{self, Scope};
use sqlx::PgPool;
use tokio::sync::Mutex;

use crate::clock::{SharedClock, system};
use crate::crew::Crew;
use crate::database::Database;
use crate::portfolio::Portfolio;
use crate::rules;

/// What is at hand.
pub struct Stage<'a> {
    /// The workers.
    pub crew: &'a Mutex<Crew>,
    /// The database.
    pub database: &'a Mutex<Database>,
    /// Connections of the campaign.
    pub pool: &'a PgPool,
    /// The clock of all.
    pub clock: &'a SharedClock,
    /// The companies.
    pub portfolio: &'a Portfolio,
    /// The rules, as the campaign changes them.
    pub rulebooks: &'a Rulebooks,
    /// Workers at a time.
    pub workers: usize,
    /// Whether the database is killed, too.
    pub crashes: bool,
}

/// What was done, and when: what befell all workers at once.
#[derive(Debug, Clone, Default)]
pub struct Done {
    /// Beginning and end of database crashes, full disks, clock jumps, frozen workers: anything after which a message may be in doubt.
    pub upheavals: Vec<(DateTime<Utc>, DateTime<Utc>)>,
    /// Crashes of the database.
    pub crashes: u64,
    /// Full disks.
    pub full_disks: u64,
    /// Clock jumps.
    pub jumps: u64,
    /// Frozen workers.
    pub frozen: u64,
    /// Invoices, payments, disputes, promises and holds.
    pub facts: u64,
    /// Changes of the rules.
    pub changes: u64,
    /// Stops of all sending.
    pub stops: u64,
}

impl Done {
    /// Adds what another one did.
    pub fn add(&mut self, other: Self) {
        self.upheavals.extend(other.upheavals);
        self.crashes += other.crashes;
        self.full_disks += other.full_disks;
        self.jumps += other.jumps;
        self.frozen += other.frozen;
        self.facts += other.facts;
        self.changes += other.changes;
        self.stops += other.stops;
    }
}

/// Until then everything goes wrong.
pub async fn reign(stage: &Stage<'_>, time: Duration, round: u64, seed: u64) -> Result<Done> {
    let end = Instant::now() + time;
    let luck = |lane: u64| StdRng::seed_from_u64(seed ^ (round << 8) ^ lane);
    let (kills, upheavals, facts, more, changes) = tokio::join!(
        kill(stage, end, luck(1)),
        upset(stage, end, luck(2)),
        happen(stage, end, luck(3), round * 1_000_000),
        happen(stage, end, luck(4), round * 1_000_000 + 500_000),
        change(stage, end, luck(5), round),
    );
    kills?;
    let mut done = upheavals?;
    done.facts = facts + more;
    done.add(changes);
    Ok(done)
}

async fn pause(luck: &mut StdRng, milliseconds: std::ops::Range<u64>) {
    tokio::time::sleep(Duration::from_millis(luck.random_range(milliseconds))).await;
}

async fn kill(stage: &Stage<'_>, end: Instant, mut luck: StdRng) -> Result<()> {
    while Instant::now() < end {
        stage.crew.lock().await.fill(stage.workers, &mut luck)?;
        pause(&mut luck, 20..200).await;
        if luck.random_range(0..3) > 0 {
            stage.crew.lock().await.kill_one(&mut luck).await?;
        }
    }
    Ok(())
}

/// What befalls all at once.
async fn upset(stage: &Stage<'_>, end: Instant, mut luck: StdRng) -> Result<Done> {
    let mut done = Done::default();
    while Instant::now() < end {
        pause(&mut luck, 300..1500).await;
        let began = system();
        match luck.random_range(0..10) {
            0..3 if stage.crashes => {
                stage.database.lock().await.crash().await?;
                done.crashes += 1;
            }
            3 if stage.crashes => {
                let mut database = stage.database.lock().await;
                let time = Duration::from_millis(luck.random_range(100..600));
                done.full_disks += u64::from(database.fill_disk(time).await?);
                database.ensure().await?;
            }
            4..7 => {
                let day = if luck.random_range(0..2) == 0 { 1 } else { -1 };
                stage.clock.jump(TimeDelta::days(day))?;
                pause(&mut luck, 50..500).await;
                stage.clock.jump(TimeDelta::days(-day))?;
                done.jumps += 2;
            }
            _ => {
                let frozen = stage.crew.lock().await.freeze_one(&mut luck);
                // Beyond its lease: others take over, then it comes back.
                stage.clock.jump(TimeDelta::minutes(30))?;
                pause(&mut luck, 200..900).await;
                if let Some(process) = frozen {
                    stage.crew.lock().await.thaw(process);
                    done.frozen += 1;
                }
            }
        }
        done.upheavals.push((began, system()));
    }
    Ok(done)
}

/// Invoices, payments, disputes and the like come in; how many were stored.
async fn happen(stage: &Stage<'_>, end: Instant, mut luck: StdRng, first: u64) -> u64 {
    let (mut number, mut stored) = (first, 0);
    while Instant::now() < end {
        pause(&mut luck, 5..60).await;
        number += 1;
        let now = stage.clock.now();
        let done = if luck.random_range(0..100) < 45 {
            stage.portfolio.book(stage.pool, &mut luck, number, now).await
        } else {
            stage.portfolio.happen(stage.pool, &mut luck, number, now).await
        };
        // The database may be down; whether it was stored shows in the audit.
        stored += u64::from(done.is_ok());
    }
    stored
}

/// The rules change, and all sending is stopped and goes on.
async fn change(stage: &Stage<'_>, end: Instant, mut luck: StdRng, round: u64) -> Done {
    let mut done = Done::default();
    let mut edition = round * 1000;
    while Instant::now() < end {
        pause(&mut luck, 500..2500).await;
        if luck.random_range(0..2) == 0 {
            edition += 1;
            let files = rules::rulebook(edition);
            let put = put_in_force(stage.rulebooks, stage.pool, &files, "campaign", stage.clock.now()).await;
            done.changes += u64::from(put.is_ok());
        } else {
            done.stops += u64::from(stop_for_a_while(stage, &mut luck).await.is_ok());
        }
    }
    done
}

async fn stop_for_a_while(stage: &Stage<'_>, luck: &mut StdRng) -> Result<()> {
    stops::stop(
        stage.pool,
        Scope::Everything,
        "a trial",
        "campaign",
        stage.clock.now(),
    )
    .await?;
    note_sending(stage.pool, "stopped").await?;
    pause(luck, 100..500).await;
    note_sending(stage.pool, "goes on").await?;
    resume(stage.pool, stage.clock.now()).await
}

/// Lets the sending go on.
pub async fn resume(pool: &PgPool, now: DateTime<Utc>) -> Result<()> {
    let mut transaction = pool.begin().await?;
    stops::resume(&mut transaction, Scope::Everything, "campaign", now).await?;
    Ok(transaction.commit().await?)
}

/// Writes down, on its own, that the stop has answered or is about to end.
pub async fn note_sending(pool: &PgPool, value: &str) -> Result<()> {
    sqlx::query("insert into audit.facts (kind, value) values ('sending', $1)")
        .bind(value)
        .execute(pool)
        .await?;
    Ok(())
}

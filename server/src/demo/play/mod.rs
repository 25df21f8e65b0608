//! Plays the firm's past through the real engine: the same imports, reviews, mails and tasks as in earnest, with a clock that
//! is set from one hour to the next.

mod bookkeeping;
mod collector;
mod hours;
mod office;

use chrono::{DateTime, NaiveDate, Utc};
use relance_engine::clock::ManualClock;
use relance_engine::engine::{Engine, EngineError};
use relance_engine::run::{self, Totals};
use relance_engine::store::companies::{self, Company};
use relance_engine::store::{StoreError, installation};
use serde::{Deserialize, Serialize};

use super::firm::{Branch, Firm};
use hours::{Hour, What};

/// Under which key the store remembers where the demo stands.
pub const KEY: &str = "demo";

/// The moment at which the rules come in force: before the first hour of the first day.
pub fn opening(begin: NaiveDate) -> DateTime<Utc> {
    begin.and_time(chrono::NaiveTime::MIN).and_utc()
}

/// Where the demo stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// The day that was today when the firm was made.
    pub anchor: NaiveDate,
    /// The day on which the firm began to use the program.
    pub begin: NaiveDate,
    /// The last hour that was played to its end.
    pub done_until: Option<DateTime<Utc>>,
}

/// Why the play stopped. It goes on from the last hour that was finished.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The store did not do what was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A pass of the engine stopped.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// What the generator made was refused by the import: the demo and the store disagree.
    #[error("the demo's own data was refused by the import: {0}")]
    Refused(String),
    /// The store is somebody's.
    #[error(
        "this database holds companies that are not the demo's ({0}): the demo is not loaded into it. Without `database.url` \
         and DATABASE_URL the demo uses a database of its own"
    )]
    NotOurs(String),
}

/// The firm on the stage: its plan, its companies in the store, and where it stands.
#[derive(Debug)]
pub struct Play {
    firm: Firm,
    companies: Vec<Company>,
    standing: Standing,
}

impl Play {
    /// Opens the demo in a migrated store: as it stands, or new, with `days` of past to be played.
    pub async fn open(engine: &Engine, now: DateTime<Utc>, days: u32) -> Result<Self, PlayError> {
        let mut tx = engine.pool.begin().await.map_err(StoreError::from)?;
        let standing = match installation::get::<Standing>(&mut tx, KEY).await? {
            Some(standing) => standing,
            None => {
                let theirs: Vec<String> = companies::list(&mut tx)
                    .await?
                    .into_iter()
                    .map(|c| c.code)
                    .collect();
                if !theirs.is_empty() {
                    return Err(PlayError::NotOurs(theirs.join(", ")));
                }
                let anchor = now.with_timezone(&hours::ZONE).date_naive();
                let begin = anchor
                    .checked_sub_days(chrono::Days::new(days.into()))
                    .unwrap_or(anchor);
                let standing = Standing {
                    anchor,
                    begin,
                    done_until: None,
                };
                installation::set(&mut tx, KEY, &standing).await?;
                standing
            }
        };
        let firm = Firm::on(standing.anchor);
        let mut stored = Vec::new();
        for branch in &firm.branches {
            companies::upsert(&mut tx, &branch.company, now).await?;
            let company = companies::by_code(&mut tx, &branch.company.code)
                .await?
                .ok_or_else(|| StoreError::not_found("company", &branch.company.code))?;
            stored.push(company);
        }
        tx.commit().await.map_err(StoreError::from)?;
        Ok(Self {
            firm,
            companies: stored,
            standing,
        })
    }

    /// The hours that are still to be played until a moment, oldest first.
    pub fn hours_until(&self, until: DateTime<Utc>) -> Vec<Hour> {
        hours::between(
            self.standing.begin,
            self.standing.done_until,
            until.min(hours::end_of(self.firm.horizon())),
        )
    }

    /// The first day that is played.
    pub fn begin(&self) -> NaiveDate {
        self.standing.begin
    }

    /// Addresses whose servers refuse mail.
    pub fn refused(&self) -> impl Iterator<Item = &str> {
        self.firm
            .branches
            .iter()
            .flat_map(|branch| branch.refused.iter().map(String::as_str))
    }

    /// Plays one hour with the clock set to it, to its end: what comes in, what people do, then the engine until it is idle.
    pub async fn play(
        &mut self,
        engine: &Engine,
        clock: &ManualClock,
        hour: Hour,
    ) -> Result<Totals, PlayError> {
        clock.set(hour.at);
        self.begin_hour(engine, hour, true).await?;
        let totals = run::until_idle(engine).await?;
        self.finish(engine, hour).await?;
        Ok(totals)
    }

    /// Lets happen what the hour brings from outside, while the engine's own workers run: for the time after the past is played.
    /// People's work is left to the people at the screen.
    pub async fn live(&mut self, engine: &Engine, hour: Hour) -> Result<(), PlayError> {
        self.begin_hour(engine, hour, false).await?;
        self.finish(engine, hour).await
    }

    async fn begin_hour(&self, engine: &Engine, hour: Hour, with_people: bool) -> Result<(), PlayError> {
        for (branch, company) in self.firm.branches.iter().zip(&self.companies) {
            match hour.what {
                What::Morning => self.morning(engine, branch, company, hour).await?,
                What::Calls if with_people && hour.day < self.standing.anchor && hour.is_workday() => {
                    collector::work(engine, branch, company, hour).await?;
                    office::work(engine, company, hour, self.standing.anchor).await?;
                }
                What::Calls | What::Passing => {}
            }
        }
        Ok(())
    }

    /// What yesterday brought is in the books this morning; on the first morning, everything of before.
    async fn morning(
        &self,
        engine: &Engine,
        branch: &Branch,
        company: &Company,
        hour: Hour,
    ) -> Result<(), PlayError> {
        let last = hour.day.pred_opt().unwrap_or(hour.day);
        let first = if hour.day == self.standing.begin {
            NaiveDate::MIN
        } else {
            last
        };
        bookkeeping::import(engine, branch, company, first..=last, hour.at).await?;
        bookkeeping::incidents(engine, branch, company, first..=last, hour.at).await
    }

    async fn finish(&mut self, engine: &Engine, hour: Hour) -> Result<(), PlayError> {
        let mut connection = engine.pool.acquire().await.map_err(StoreError::from)?;
        let standing = Standing {
            done_until: Some(hour.at),
            ..self.standing
        };
        installation::set(&mut connection, KEY, &standing).await?;
        self.standing = standing;
        Ok(())
    }
}

#[cfg(test)]
mod tests;

//! What every handler has at hand.

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, TimeZone as _, Utc};
use relance_engine::engine::Engine;
use relance_engine::store::companies::Company;
use relance_rules::promises::Grace;
use tokio::sync::Semaphore;

use super::auth::throttle::Throttle;
use crate::watching::health::Told;

/// The state of the pages and the API. Cheap to clone.
#[derive(Debug, Clone)]
pub struct App {
    /// The engine.
    pub engine: Engine,
    /// Failed sign-ins.
    pub throttle: Arc<Throttle>,
    /// Password hashes computed at the same time: each takes a core and 19 MB.
    pub hashing: Arc<Semaphore>,
    /// Whether it was told that this process cannot do its work.
    pub readiness: Arc<Told>,
}

impl App {
    /// The state over an engine.
    pub fn new(engine: Engine) -> Self {
        Self {
            engine,
            throttle: Arc::default(),
            hashing: Arc::new(Semaphore::new(2)),
            readiness: Arc::default(),
        }
    }

    /// The present moment.
    pub fn now(&self) -> DateTime<Utc> {
        self.engine.clock.now()
    }

    /// How long promises and instalments may be kept by the rules in force.
    pub fn grace(&self) -> Grace {
        let in_force = self.engine.rulebooks.current();
        in_force.map_or_else(Grace::default, |in_force| Grace::of(&in_force.rulebook))
    }

    /// The day in the company's books, and the moment at which it began.
    pub fn today(&self, company: &Company) -> (NaiveDate, DateTime<Utc>) {
        let today = company.today(self.now());
        let midnight = today.and_time(chrono::NaiveTime::MIN);
        // Where midnight is skipped by a change of the clock, the day begins an hour later.
        let start = company
            .time_zone
            .from_local_datetime(&midnight)
            .earliest()
            .or_else(|| {
                company
                    .time_zone
                    .from_local_datetime(&(midnight + chrono::TimeDelta::hours(1)))
                    .earliest()
            })
            .map_or_else(|| midnight.and_utc(), |local| local.with_timezone(&Utc));
        (today, start)
    }
}

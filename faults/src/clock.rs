//! One clock for the campaign and all its workers: the system's, shifted by what stands in a file.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context as _, Result};
use chrono::{DateTime, TimeDelta, Utc};

/// How far the clock of the campaign is from the system's. The workers read it from the file a hundred times a second.
#[derive(Debug)]
pub struct SharedClock {
    file: PathBuf,
    shift: AtomicI64,
}

impl SharedClock {
    /// A clock that shows `now`.
    pub fn new(file: PathBuf, now: DateTime<Utc>) -> Result<Self> {
        let clock = Self {
            file,
            shift: AtomicI64::new(0),
        };
        clock.set(now)?;
        Ok(clock)
    }

    /// What it shows.
    pub fn now(&self) -> DateTime<Utc> {
        system() + TimeDelta::microseconds(self.shift.load(Ordering::SeqCst))
    }

    /// Moves it to a moment, for everybody.
    pub fn set(&self, now: DateTime<Utc>) -> Result<()> {
        let shift = (now - system()).num_microseconds().context("a clock shift")?;
        self.shift.store(shift, Ordering::SeqCst);
        let new = self.file.with_extension("new");
        std::fs::write(&new, shift.to_string())?;
        Ok(std::fs::rename(new, &self.file)?)
    }

    /// Moves it by so much.
    pub fn jump(&self, by: TimeDelta) -> Result<()> {
        self.set(self.now() + by)
    }
}

/// What the clock of a file shows.
pub fn read(file: &Path) -> Result<DateTime<Utc>> {
    let shift: i64 = std::fs::read_to_string(file)?.trim().parse()?;
    Ok(system() + TimeDelta::microseconds(shift))
}

/// The moment that the system shows.
#[allow(
    clippy::disallowed_methods,
    reason = "the one place where the campaign reads the system's clock"
)]
pub fn system() -> DateTime<Utc> {
    Utc::now()
}

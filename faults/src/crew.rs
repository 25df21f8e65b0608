//! The workers: started, killed, stopped and replaced.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Stdio;

use anyhow::{Context as _, Result};
use chrono::{DateTime, Utc};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use rand::RngExt as _;
use rand::rngs::StdRng;
use relance_engine::moments::Moment;
use tokio::process::{Child, Command};

use crate::clock::system;

/// How a worker is started.
#[derive(Debug, Clone)]
pub struct Start {
    /// The database.
    pub database: String,
    /// The file of the shared clock.
    pub clock: PathBuf,
    /// The port of the mail server.
    pub smtp: u16,
}

#[derive(Debug)]
struct Worker {
    name: String,
    /// When it was there for certain, the last time.
    seen: DateTime<Utc>,
    process: Child,
    dies_at: Option<Moment>,
}

/// The workers at work, and when the others ended.
#[derive(Debug)]
pub struct Crew {
    start: Start,
    workers: Vec<Worker>,
    started: u64,
    /// Between which moments each that is no longer there ended.
    pub ended: HashMap<String, (DateTime<Utc>, DateTime<Utc>)>,
    /// How many were killed from outside.
    pub killed: u64,
    /// How many died at each moment.
    pub died: HashMap<Moment, u64>,
}

impl Crew {
    /// Nobody, yet.
    pub fn new(start: Start) -> Self {
        Self {
            start,
            workers: Vec::new(),
            started: 0,
            ended: HashMap::new(),
            killed: 0,
            died: HashMap::new(),
        }
    }

    /// Fills the crew up to so many; most of the new ones are to die at some moment.
    pub fn fill(&mut self, count: usize, luck: &mut StdRng) -> Result<()> {
        self.bury()?;
        while self.workers.len() < count {
            self.started += 1;
            let name = format!("w{}", self.started);
            let mut command = Command::new(std::env::current_exe().context("this program")?);
            command
                .arg("worker")
                .args(["--database", &self.start.database])
                .arg("--clock")
                .arg(&self.start.clock)
                .args(["--smtp", &self.start.smtp.to_string(), "--name", &name])
                .stdin(Stdio::null())
                .kill_on_drop(true);
            let dies = luck.random_range(0..10) < 6;
            let place = luck.random_range(0..Moment::ALL.len());
            if dies {
                let after = luck.random_range(0..4_u32);
                command.args(["--dies-at", &place.to_string(), "--after", &after.to_string()]);
            }
            if luck.random_range(0..3) == 0 {
                let dawdles: u32 = luck.random_range(1..40);
                command.args(["--dawdles", &dawdles.to_string()]);
            }
            self.workers.push(Worker {
                name,
                seen: system(),
                process: command.spawn().context("start a worker")?,
                dies_at: dies.then(|| Moment::ALL[place]),
            });
        }
        Ok(())
    }

    /// Notes those that have ended by themselves.
    fn bury(&mut self) -> Result<()> {
        let mut left = Vec::new();
        for mut worker in self.workers.drain(..) {
            let looked = system();
            match worker.process.try_wait()? {
                None => {
                    worker.seen = looked;
                    left.push(worker);
                }
                Some(status) => {
                    use std::os::unix::process::ExitStatusExt as _;
                    if status.signal() == Some(Signal::SIGKILL as i32)
                        && let Some(moment) = worker.dies_at
                    {
                        *self.died.entry(moment).or_default() += 1;
                    }
                    self.ended.insert(worker.name, (worker.seen, system()));
                }
            }
        }
        self.workers = left;
        Ok(())
    }

    /// Kills one from outside.
    pub async fn kill_one(&mut self, luck: &mut StdRng) -> Result<()> {
        self.bury()?;
        if self.workers.is_empty() {
            return Ok(());
        }
        let mut worker = self.workers.swap_remove(luck.random_range(0..self.workers.len()));
        worker.process.kill().await?;
        self.killed += 1;
        self.ended.insert(worker.name, (worker.seen, system()));
        Ok(())
    }

    /// Kills all.
    pub async fn kill_all(&mut self, luck: &mut StdRng) -> Result<()> {
        while !self.workers.is_empty() {
            self.kill_one(luck).await?;
        }
        Ok(())
    }

    /// Stops one, as if its host had frozen; gives its process.
    pub fn freeze_one(&mut self, luck: &mut StdRng) -> Option<i32> {
        if self.workers.is_empty() {
            return None;
        }
        let place = luck.random_range(0..self.workers.len());
        let process = i32::try_from(self.workers[place].process.id()?).ok()?;
        kill(Pid::from_raw(process), Signal::SIGSTOP).ok()?;
        Some(process)
    }

    /// Lets it go on, when it is still there.
    pub fn thaw(&self, process: i32) {
        let alive = |worker: &Worker| worker.process.id() == u32::try_from(process).ok();
        if self.workers.iter().any(alive) {
            let _ = kill(Pid::from_raw(process), Signal::SIGCONT);
        }
    }
}

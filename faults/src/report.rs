//! What a campaign did, and which promises were kept.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use relance_engine::moments::Moment;

use crate::chaos::Done;
use crate::oracle::{Oracle, Promise};
use crate::quiet::Settled;
use crate::witness::Mischief;

/// The figures of a campaign.
pub struct Report {
    /// The schedule.
    pub seed: u64,
    /// Days of the campaign.
    pub days: u64,
    /// How long it took.
    pub took: Duration,
    /// Workers killed from outside.
    pub killed: u64,
    /// Workers that died at each moment.
    pub died: BTreeMap<Moment, u64>,
    /// Whether there was a disk to fill.
    pub has_disk: bool,
    /// What else was done.
    pub done: Done,
    /// What people did.
    pub settled: Settled,
    /// What the mail server did.
    pub mischief: Mischief,
    /// What it found.
    pub oracle: Oracle,
}

impl Report {
    /// Whether every promise was kept.
    pub fn is_clean(&self) -> bool {
        self.oracle.violations.is_empty()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |what: &str, count: u64| writeln!(f, "  {count:>8}  {what}");
        line("days", self.days)?;
        line(
            "invoices, payments, disputes, promises, holds stored",
            self.done.facts,
        )?;
        line("messages that arrived", self.oracle.taken)?;
        line("workers killed from outside", self.killed)?;
        line("workers dead at a named moment", self.died.values().sum())?;
        for (moment, count) in &self.died {
            line(&format!("  {moment:?}"), *count)?;
        }
        line("crashes of the database", self.done.crashes)?;
        line("full disks", self.done.full_disks)?;
        line("jumps of the clock by a day", self.done.jumps)?;
        line("workers frozen beyond their lease", self.done.frozen)?;
        line("changes of the rules", self.done.changes)?;
        line("stops of all sending", self.done.stops)?;
        let mut mischief: Vec<_> = self.mischief.0.iter().collect();
        mischief.sort();
        for (what, count) in mischief {
            line(&format!("mail server: {what}"), *count)?;
        }
        let doubts = &self.oracle.doubts;
        line("in doubt: cut before the answer", doubts.cut)?;
        line("in doubt: the worker was killed in between", doubts.killed)?;
        line(
            "in doubt: crash, full disk, clock or frozen worker in between",
            doubts.upheaval,
        )?;
        line("settled by people: it had arrived", self.settled.was_sent)?;
        line("settled by people: send it again", self.settled.resent)?;
        line("addresses put right by people", self.settled.mended)?;
        writeln!(f, "violations:")?;
        for promise in Promise::ALL {
            let count = self
                .oracle
                .violations
                .iter()
                .filter(|(of, _)| *of == promise)
                .count();
            writeln!(f, "  {count:>8}  {}", promise.name())?;
        }
        if !self.has_disk {
            writeln!(f, "no disk could be mounted here: none was filled")?;
        }
        let seconds = self.took.as_secs();
        write!(f, "seed {}, {} min {} s", self.seed, seconds / 60, seconds % 60)
    }
}

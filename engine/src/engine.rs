//! What every part of the engine works with.

use sqlx::PgPool;

use crate::bell::Bell;
use crate::clock::Clock;
use crate::limits::Rate;
use crate::media::email::Mailer;
use crate::media::webhook::Webhooks;
use crate::meters::Meters;
use crate::moments::Moments;
use crate::openings::Openings;
use crate::rulebooks::Rulebooks;
use crate::sending::Sending;

/// The store, the clock, the rules in force and the way out: everything that a pass needs. Cheap to clone; clones share all of it.
#[derive(Debug, Clone)]
pub struct Engine {
    /// The store.
    pub pool: PgPool,
    /// The time.
    pub clock: Clock,
    /// The rules in force.
    pub rulebooks: Rulebooks,
    /// Sends mail.
    pub mailer: Mailer,
    /// Posts messages to addresses of the settings.
    pub webhooks: Webhooks,
    /// Where it is told that messages are opened.
    pub openings: Openings,
    /// Who is told of the moments between steps: nobody, but in tests.
    pub moments: Moments,
    /// How the sending is held in check.
    pub sending: Sending,
    /// Tells the workers that somebody did something.
    pub bell: Bell,
    /// What this process has done.
    pub meters: Meters,
    /// Who works, in logs: host and process, for example.
    pub worker: String,
}

impl Engine {
    /// All limits of the settings.
    pub fn rates(&self) -> impl Iterator<Item = Rate> {
        self.mailer.settings().limits.rates().chain(self.webhooks.rates())
    }
}

/// Why a pass stopped. What it had not finished is as before; another pass goes on from there.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// The store did not do what was asked.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
    /// The rules in force could not be read.
    #[error(transparent)]
    Rulebook(#[from] crate::rulebooks::RulebookError),
}

impl From<sqlx::Error> for EngineError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl EngineError {
    /// Whether the same pass may go through when it is tried again.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::Rulebook(error) => error.is_temporary(),
        }
    }
}

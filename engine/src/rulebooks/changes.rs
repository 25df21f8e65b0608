//! Notices when something in a rulebook folder changes.

use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use tokio::sync::mpsc;
use tokio::time::{Instant, timeout_at};

/// A change counts as complete when nothing happened for so long: editors write in several steps.
const QUIET: Duration = Duration::from_millis(120);
/// A folder that never gets quiet is read after so long all the same.
const LONGEST: Duration = Duration::from_millis(600);
/// The folder is read this often even when the system reports no change: some shared folders never do.
const ANYWAY: Duration = Duration::from_secs(30);

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

/// The changes of a folder, from the moment on at which this was made. Watching ends when it is dropped.
#[derive(Debug)]
pub struct Changes {
    receiver: mpsc::Receiver<()>,
    _watcher: notify::RecommendedWatcher,
}

impl Changes {
    /// Watches a folder with all its sub-folders.
    pub fn of(folder: &Path) -> Result<Self, WatchError> {
        let failed = |source| WatchError::Watch {
            path: folder.to_owned(),
            source,
        };
        let (sender, receiver) = mpsc::channel(1);
        let mut watcher = notify::recommended_watcher(move |event: notify::Result<notify::Event>| {
            // Reading the folder is an access, not a change. A full channel already says that something changed.
            if !matches!(&event, Ok(event) if event.kind.is_access()) {
                let _ = sender.try_send(());
            }
        })
        .map_err(failed)?;
        watcher.watch(folder, RecursiveMode::Recursive).map_err(failed)?;
        Ok(Self {
            receiver,
            _watcher: watcher,
        })
    }

    /// Waits until the folder may have changed and is quiet again; gives `false` when no more changes will be noticed.
    pub async fn next(&mut self) -> bool {
        match tokio::time::timeout(ANYWAY, self.receiver.recv()).await {
            Ok(Some(())) => self.until_quiet().await,
            Ok(None) => return false,
            Err(_) => {}
        }
        true
    }

    /// Waits until no change has been reported for a while.
    async fn until_quiet(&mut self) {
        let end = Instant::now() + LONGEST;
        while let Ok(Some(())) = timeout_at(end.min(Instant::now() + QUIET), self.receiver.recv()).await {
            if Instant::now() >= end {
                return;
            }
        }
    }
}

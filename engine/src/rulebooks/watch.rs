//! Watches a rulebook folder and puts each good change in force.

use std::path::{Path, PathBuf};
use std::time::Duration;

use notify::{RecursiveMode, Watcher};
use relance_rules::rulebook::Files;
use sqlx::PgPool;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout_at};

use super::{PutInForce, Rulebooks, put_in_force, read_folder};
use crate::clock::Clock;

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

/// Watching ends when this is dropped.
#[derive(Debug)]
pub struct WatchHandle {
    task: JoinHandle<()>,
    _watcher: notify::RecommendedWatcher,
}

impl Drop for WatchHandle {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Puts the folder in force as it is, then each change of it within a second. Must be called within a Tokio runtime.
pub fn watch(
    rulebooks: Rulebooks,
    pool: PgPool,
    clock: Clock,
    folder: PathBuf,
) -> Result<WatchHandle, WatchError> {
    let failed = |source| WatchError::Watch {
        path: folder.clone(),
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
    watcher.watch(&folder, RecursiveMode::Recursive).map_err(failed)?;
    rulebooks.change(|status| status.folder = Some(folder.clone()));
    let task = tokio::spawn(async move {
        let mut changes = receiver;
        let mut last = None;
        loop {
            if let Some(files) = read(&folder).await
                && last.as_ref() != Some(&files)
            {
                take(&rulebooks, &pool, &clock, &files).await;
                last = Some(files);
            }
            match tokio::time::timeout(ANYWAY, changes.recv()).await {
                Ok(Some(())) => until_quiet(&mut changes).await,
                Ok(None) => return,
                Err(_) => {}
            }
        }
    });
    Ok(WatchHandle {
        task,
        _watcher: watcher,
    })
}

/// Waits until no change has been reported for a while.
async fn until_quiet(changes: &mut mpsc::Receiver<()>) {
    let end = Instant::now() + LONGEST;
    while let Ok(Some(())) = timeout_at(end.min(Instant::now() + QUIET), changes.recv()).await {
        if Instant::now() >= end {
            return;
        }
    }
}

/// What the folder holds; none when it cannot be read, which is logged.
async fn read(folder: &Path) -> Option<Files> {
    let folder = folder.to_owned();
    match tokio::task::spawn_blocking(move || read_folder(&folder)).await {
        Ok(Ok(files)) => Some(files),
        Ok(Err(error)) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the rulebook folder cannot be read"
            );
            None
        }
        Err(error) => {
            tracing::error!(%error, "reading the rulebook folder broke off");
            None
        }
    }
}

/// Puts what was read in force. What is wrong with it is logged, and shown on the rules page.
async fn take(rulebooks: &Rulebooks, pool: &PgPool, clock: &Clock, files: &Files) {
    match put_in_force(rulebooks, pool, files, "folder", clock.now()).await {
        Ok(PutInForce::Rejected(diagnostics, _)) => {
            let problems = diagnostics.len();
            tracing::warn!(
                problems,
                "the change of the rules was refused; the rules in force stay"
            );
        }
        Ok(PutInForce::Unchanged | PutInForce::New(_)) => {}
        Err(error) => {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                "the rules could not be put in force"
            );
        }
    }
}

//! Watches a rulebook folder and puts each good change in force.

use std::path::{Path, PathBuf};

use relance_rules::rulebook::Files;
use sqlx::PgPool;
use tokio::task::JoinHandle;

use super::changes::{Changes, WatchError};
use super::{PutInForce, Rulebooks, put_in_force, read_folder};
use crate::clock::Clock;

/// Watching ends when this is dropped.
#[derive(Debug)]
pub struct WatchHandle {
    task: JoinHandle<()>,
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
    let mut changes = Changes::of(&folder)?;
    rulebooks.change(|status| status.folder = Some(folder.clone()));
    let task = tokio::spawn(async move {
        let mut last = None;
        loop {
            if let Some(files) = read(&folder).await
                && last.as_ref() != Some(&files)
            {
                take(&rulebooks, &pool, &clock, &files).await;
                last = Some(files);
            }
            if !changes.next().await {
                return;
            }
        }
    });
    Ok(WatchHandle { task })
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

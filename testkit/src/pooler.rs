//! A PgBouncer in front of a database, as unkind as it can be: few connections, and each transaction (or session) gets the one that
//! has waited longest.

use std::io::{Error, Result};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::str::FromStr as _;
use std::time::Duration;

use nix::unistd::geteuid;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// The PgBouncer of this machine: `pgbouncer` where programs are looked for, or where Debian puts it.
///
/// # Panics
///
/// Without one.
pub fn program() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain([PathBuf::from("/usr/sbin")])
        .map(|folder| folder.join("pgbouncer"))
        .find(|program| program.is_file())
        .expect("Debian's package pgbouncer")
}

/// How it lends its connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pooling {
    /// One to each client for as long as that stays.
    Session,
    /// One to each transaction, with its prepared statements: PgBouncer 1.21 or later.
    Transaction,
    /// One to each transaction; statements stay behind.
    Forgetful,
}

/// The pooler; it ends with this.
#[derive(Debug)]
pub struct Pooler {
    _process: Child,
    _folder: TempDir,
    /// The database's address through it.
    pub url: String,
}

impl Pooler {
    /// Starts this PgBouncer in front of a database that listens on a socket, with so many connections to it.
    ///
    /// # Errors
    ///
    /// When it does not start, or the database does not answer through it within five seconds.
    pub async fn start(program: &Path, database: &str, pooling: Pooling, connections: u32) -> Result<Self> {
        let behind = PgConnectOptions::from_str(database).map_err(Error::other)?;
        let socket = behind
            .get_socket()
            .ok_or_else(|| Error::other("the database has no socket"))?;
        let role = behind.get_username();
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?.port();
        let mode = match pooling {
            Pooling::Session => "session",
            Pooling::Transaction | Pooling::Forgetful => "transaction",
        };
        // Older ones do not know the word, and keep none.
        let statements = match pooling {
            Pooling::Transaction => "max_prepared_statements = 200\n",
            Pooling::Forgetful if carries_statements(program).await? => "max_prepared_statements = 0\n",
            Pooling::Session | Pooling::Forgetful => "",
        };
        let folder = TempDir::with_prefix("relance-pooler-")?;
        let settings = folder.path().join("pgbouncer.ini");
        std::fs::write(
            &settings,
            format!(
                "[databases]\n\
                 * = host={} user={role}\n\
                 [pgbouncer]\n\
                 listen_addr = 127.0.0.1\n\
                 listen_port = {port}\n\
                 unix_socket_dir =\n\
                 auth_type = any\n\
                 pool_mode = {mode}\n\
                 {statements}\
                 ignore_startup_parameters = options,extra_float_digits\n\
                 default_pool_size = {connections}\n\
                 server_round_robin = 1\n\
                 server_login_retry = 0.1\n",
                socket.display()
            ),
        )?;
        let mut command = Command::new(program);
        if geteuid().is_root() {
            // It refuses to be root; whom it becomes reads the settings first.
            command.args(["-u", "postgres"]);
        }
        let process = command
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()?;
        let name = behind.get_database().unwrap_or(role);
        let pooler = Self {
            _process: process,
            _folder: folder,
            url: format!("postgres://{role}@127.0.0.1:{port}/{name}"),
        };
        pooler.answers().await?;
        Ok(pooler)
    }

    async fn answers(&self) -> Result<()> {
        let mut last = None;
        for _ in 0..100 {
            match PgConnection::connect(&self.url).await {
                Ok(connection) => return connection.close().await.map_err(Error::other),
                Err(error) => last = Some(error),
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Err(Error::other(format!(
            "no database answers behind the pooler: {last:?}"
        )))
    }
}

/// Whether this PgBouncer can carry prepared statements from one connection to the next: from 1.21 on.
///
/// # Errors
///
/// When it cannot be asked.
pub async fn carries_statements(program: &Path) -> Result<bool> {
    let said = Command::new(program).arg("--version").output().await?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let mut numbers = said
        .split_whitespace()
        .nth(1)
        .unwrap_or_default()
        .split('.')
        .map(|number| number.parse::<u32>().unwrap_or_default());
    let version = (
        numbers.next().unwrap_or_default(),
        numbers.next().unwrap_or_default(),
    );
    Ok(version >= (1, 21))
}

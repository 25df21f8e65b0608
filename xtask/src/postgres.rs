//! A throw-away Postgres for the query data. The engine has a better one, but it cannot be built before its queries are checked.

use std::fs;
use std::os::unix::process::CommandExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};

use crate::command::{output, run};

/// A running server; stopped and deleted when dropped.
pub struct Postgres {
    programs: PathBuf,
    folder: PathBuf,
    server: Child,
}

/// Whether this runs as root.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/proc/self").is_ok_and(|me| me.uid() == 0)
}

/// The folder of the server's programs: `PGBIN`, or the newest of Debian's packages.
pub fn programs() -> Option<PathBuf> {
    let named = std::env::var_os("PGBIN").map(PathBuf::from);
    let packaged = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut packaged: Vec<(u32, PathBuf)> = packaged
        .filter_map(|entry| {
            Some((
                entry.file_name().to_str()?.parse().ok()?,
                entry.path().join("bin"),
            ))
        })
        .collect();
    packaged.sort();
    let newest = packaged.into_iter().rev().map(|(_, bin)| bin);
    named
        .into_iter()
        .chain(newest)
        .find(|bin| bin.join("initdb").is_file())
}

/// `uid:gid` of the user who runs the server for root.
fn server_user() -> Result<Option<(u32, u32)>> {
    if !is_root() {
        return Ok(None);
    }
    let users = fs::read_to_string("/etc/passwd")?;
    for name in ["postgres", "nobody"] {
        for line in users.lines() {
            let fields: Vec<&str> = line.split(':').collect();
            if let [found, _, uid, gid, ..] = fields.as_slice()
                && *found == name
            {
                return Ok(Some((uid.parse()?, gid.parse()?)));
            }
        }
    }
    bail!("Postgres does not run as root, and there is neither a user postgres nor nobody")
}

impl Postgres {
    /// Makes and starts one, with the migrations of the engine in the database `relance`.
    pub fn start() -> Result<Self> {
        let programs =
            programs().context("no Postgres is installed: install the package postgresql, or set PGBIN")?;
        let folder = std::env::temp_dir().join(format!("relance-sqlx-{}", std::process::id()));
        fs::create_dir(&folder)?;
        let user = server_user()?;
        if let Some((uid, gid)) = user {
            std::os::unix::fs::chown(&folder, Some(uid), Some(gid))?;
        }
        let as_user = |program: &str| {
            let mut command = Command::new(programs.join(program));
            command
                .current_dir("/")
                .stdin(Stdio::null())
                .stdout(Stdio::null());
            if let Some((uid, gid)) = user {
                command.uid(uid).gid(gid);
            }
            command
        };
        let data = folder.join("data");
        let made = as_user("initdb")
            .args([
                "--username=relance",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ])
            .arg(&data)
            .status()?;
        if !made.success() {
            bail!("initdb failed: {made}");
        }
        let server = as_user("postgres")
            .arg("-D")
            .arg(&data)
            .arg("-k")
            .arg(&folder)
            .args(["-c", "listen_addresses=", "-c", "fsync=off"])
            .stderr(Stdio::null())
            .spawn()?;
        let started = Self {
            programs,
            folder,
            server,
        };
        started.migrate()?;
        Ok(started)
    }

    /// The address of the migrated database.
    pub fn url(&self) -> String {
        let host = self.folder.to_string_lossy().replace('/', "%2F");
        format!("postgres://relance@{host}/relance")
    }

    fn migrate(&self) -> Result<()> {
        let ready = (0..500).any(|_| {
            let asked = output(self.psql("postgres").args(["--command", "select 1"]));
            if asked.is_err() {
                std::thread::sleep(Duration::from_millis(20));
            }
            asked.is_ok()
        });
        if !ready {
            bail!("the server did not start within 10 seconds");
        }
        run(self
            .psql("postgres")
            .args(["--command", "create database relance"]))?;
        let mut migrations: Vec<PathBuf> = fs::read_dir("engine/migrations")?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<Result<_, _>>()?;
        migrations.sort();
        for file in migrations {
            run(self
                .psql("relance")
                .arg("--single-transaction")
                .arg("--file")
                .arg(&file))?;
        }
        Ok(())
    }

    fn psql(&self, database: &str) -> Command {
        let mut psql = Command::new(self.programs.join("psql"));
        psql.args([
            "--quiet",
            "--no-psqlrc",
            "--set",
            "ON_ERROR_STOP=1",
            "--username",
            "relance",
        ])
        .args(["--output", "/dev/null", "--dbname", database])
        .arg("--host")
        .arg::<&Path>(&self.folder)
        .stdin(Stdio::null());
        psql
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // Nothing in it is worth keeping; what cannot be deleted is left to the system's temporary folder.
        let _ = self.server.kill();
        let _ = self.server.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

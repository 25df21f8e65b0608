//! The campaign's Postgres: durable, audited, killed and started again; on a disk of its own that can be filled, where one can be mounted.

use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result, bail};
use nix::mount::{MntFlags, MsFlags, mount, umount2};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use relance_engine::db;
use relance_engine::embedded::{Cluster, EmbeddedSettings};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, PgPool};

const NAME: &str = "faults";
/// Of the disk that can be filled.
const SIZE: &str = "size=1500m,mode=0755";

/// The database.
pub struct Database {
    settings: EmbeddedSettings,
    disk: Option<Disk>,
    cluster: Option<Cluster>,
    /// Its address.
    pub url: String,
    /// Connections of the campaign itself.
    pub pool: PgPool,
}

impl Database {
    /// Makes it in this folder, with the schema and the audit.
    pub async fn start(folder: &Path) -> Result<Self> {
        // The server runs as another user when this one is root.
        std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o755))?;
        let disk = Disk::mount(&folder.join("disk"));
        let place = disk.as_ref().map_or(folder, |disk| &disk.0);
        let settings = EmbeddedSettings {
            data_dir: Some(place.join("postgres")),
        };
        let cluster = Cluster::start(&settings).await?;
        let mut admin = PgConnection::connect(&cluster.url("postgres")).await?;
        for setting in [
            "track_commit_timestamp = on",
            "max_wal_size = '256MB'",
            "max_connections = 200",
        ] {
            sqlx::query(AssertSqlSafe(format!("alter system set {setting}")))
                .execute(&mut admin)
                .await?;
        }
        admin.close().await?;
        cluster.stop().await?;
        let cluster = Cluster::start(&settings).await?;
        cluster.create_database(NAME).await?;
        let url = cluster.url(NAME);
        let pool = db::connect(&url, 12).await?;
        db::migrate(&pool).await?;
        sqlx::raw_sql(include_str!("audit.sql")).execute(&pool).await?;
        Ok(Self {
            settings,
            disk,
            cluster: Some(cluster),
            url,
            pool,
        })
    }

    /// Whether its disk can be filled.
    pub fn has_disk(&self) -> bool {
        self.disk.is_some()
    }

    /// Fills the disk for so long; whether it could be.
    pub async fn fill_disk(&self, time: Duration) -> Result<bool> {
        let Some(disk) = &self.disk else {
            return Ok(false);
        };
        disk.fill()?;
        tokio::time::sleep(time).await;
        disk.relieve()?;
        Ok(true)
    }

    /// Kills every process of the server at once, and starts it again.
    pub async fn crash(&mut self) -> Result<()> {
        if let Some(cluster) = self.cluster.take() {
            let postmaster = cluster.pid();
            let mut all = children(postmaster)?;
            all.insert(0, postmaster);
            for process in all {
                // One that has ended by itself needs no killing.
                let _ = kill(Pid::from_raw(process), Signal::SIGKILL);
            }
            drop(cluster);
        }
        self.ensure().await
    }

    /// Starts the server when it does not run, and waits until it answers.
    pub async fn ensure(&mut self) -> Result<()> {
        for _ in 0..100 {
            let answers = PgConnection::connect(&self.url).await;
            match answers {
                Ok(connection) => return Ok(connection.close().await?),
                Err(_) => self.start_again().await,
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        bail!("the database does not come back")
    }

    async fn start_again(&mut self) {
        // Recovery may still be running, or the old processes still be there: asked again in a moment.
        if let Ok(cluster) = Cluster::start(&self.settings).await {
            self.cluster = Some(cluster);
        }
    }

    /// Stops the server.
    pub async fn stop(mut self) -> Result<()> {
        self.pool.close().await;
        match self.cluster.take() {
            Some(cluster) => Ok(cluster.stop().await?),
            None => Ok(()),
        }
    }
}

/// The processes that a process started.
fn children(parent: i32) -> Result<Vec<i32>> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir("/proc")? {
        let name = entry?.file_name();
        let Some(process) = name.to_str().and_then(|name| name.parse::<i32>().ok()) else {
            continue;
        };
        let Ok(stat) = std::fs::read_to_string(format!("/proc/{process}/stat")) else {
            continue;
        };
        // `pid (name) state ppid ...`: the name may hold anything.
        let of = stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1));
        if of.and_then(|ppid| ppid.parse().ok()) == Some(parent) {
            found.push(process);
        }
    }
    Ok(found)
}

/// A disk in memory, of a fixed size.
struct Disk(PathBuf);

impl Disk {
    /// Where this may not be done there is none, and it is told.
    fn mount(at: &Path) -> Option<Self> {
        let mounted = std::fs::create_dir(at).context("a folder").and_then(|()| {
            Ok(mount(
                Some("tmpfs"),
                at,
                Some("tmpfs"),
                MsFlags::empty(),
                Some(SIZE),
            )?)
        });
        mounted.ok().map(|()| Self(at.to_owned()))
    }

    fn ballast(&self) -> PathBuf {
        self.0.join("ballast")
    }

    fn fill(&self) -> Result<()> {
        let mut file = std::fs::File::create(self.ballast())?;
        let zeros = vec![0; 1 << 20];
        while file.write_all(&zeros).is_ok() {}
        // The last bytes, too.
        while file.write_all(&[0; 512]).is_ok() {}
        Ok(())
    }

    fn relieve(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.ballast())?)
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        // What is still in use goes when it is given up.
        let _ = umount2(&self.0, MntFlags::MNT_DETACH);
    }
}

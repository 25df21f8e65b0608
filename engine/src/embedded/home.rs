//! The folders of a cluster, and the user who owns them.

use std::fs;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;

use nix::unistd::{User, geteuid};
use sha2::{Digest as _, Sha256};
use tokio::process::Command;

use super::binaries::Binaries;
use super::{EmbeddedError, ROLE};

/// The longest path of a Unix socket, in bytes.
const LONGEST_SOCKET: usize = 107;

/// Somebody else than root, who runs the server for root.
#[derive(Debug, Clone, Copy)]
pub(super) struct Owner {
    uid: u32,
    gid: u32,
}

/// The folder of a cluster: `data`, `run` for the socket, `server.log`, two lock files.
#[derive(Debug, Clone)]
pub(super) struct Home {
    folder: PathBuf,
    /// None: the program's own user.
    owner: Option<Owner>,
}

impl Home {
    /// Makes the folder, unless it is there.
    pub(super) fn prepare(folder: Option<&Path>) -> Result<Self, EmbeddedError> {
        let owner = if geteuid().is_root() {
            Some(unprivileged()?)
        } else {
            None
        };
        let folder = match folder {
            Some(folder) => std::path::absolute(folder).map_err(EmbeddedError::folder(folder))?,
            None => data_dir()?,
        };
        let home = Self { folder, owner };
        home.make_folder(&home.folder)?;
        Ok(home)
    }

    /// The data of the cluster.
    pub(super) fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    /// A file in the folder.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// The major version of Postgres that made the data; none when there are none.
    pub(super) fn made_by(&self) -> Option<u32> {
        let text = fs::read_to_string(self.data().join("PG_VERSION")).ok()?;
        text.trim().parse().ok()
    }

    /// The folder of the socket, made if need be: short enough for a socket's path, entered by its owner only.
    pub(super) fn socket_dir(&self) -> Result<PathBuf, EmbeddedError> {
        let near = self.folder.join("run");
        let fits = |dir: &Path| dir.as_os_str().len() + "/.s.PGSQL.5432".len() <= LONGEST_SOCKET;
        let dir = if fits(&near) {
            near
        } else {
            let name: String = Sha256::digest(self.folder.as_os_str().as_encoded_bytes())
                .iter()
                .take(6)
                .map(|byte| format!("{byte:02x}"))
                .collect();
            std::env::temp_dir().join(format!("relance-{name}"))
        };
        self.make_folder(&dir)?;
        Ok(dir)
    }

    /// A program that runs as the owner.
    pub(super) fn command(&self, program: &Path) -> Command {
        let mut command = Command::new(program);
        command.current_dir("/").env("LC_ALL", "C").stdin(Stdio::null());
        if let Some(owner) = self.owner {
            command.uid(owner.uid).gid(owner.gid);
        }
        command
    }

    /// Makes the cluster, unless it is there: aside first, then renamed, so that half a cluster never counts.
    pub(super) async fn make_cluster(&self, binaries: &Binaries) -> Result<(), EmbeddedError> {
        let data = self.data();
        if data.exists() {
            return Ok(());
        }
        let aside = self.folder.join("data.tmp");
        if aside.exists() {
            fs::remove_dir_all(&aside).map_err(EmbeddedError::folder(&aside))?;
        }
        let made = self
            .command(&binaries.program("initdb"))
            .arg("--pgdata")
            .arg(&aside)
            .args(["--username", ROLE, "--auth", "trust", "--encoding", "UTF8"])
            .args(["--locale", "C.UTF-8", "--no-instructions"])
            .output()
            .await
            .map_err(EmbeddedError::folder(binaries.program("initdb")))?;
        if !made.status.success() {
            let output = String::from_utf8_lossy(&made.stderr).trim().to_owned();
            return Err(EmbeddedError::Initdb { data, output });
        }
        fs::rename(&aside, &data).map_err(EmbeddedError::folder(&data))
    }

    /// Makes a folder that only the owner enters; one that is there must be the owner's.
    fn make_folder(&self, folder: &Path) -> Result<(), EmbeddedError> {
        let fail = || EmbeddedError::folder(folder);
        if let Some(parent) = folder.parent() {
            fs::create_dir_all(parent).map_err(fail())?;
        }
        match fs::DirBuilder::new().mode(0o700).create(folder) {
            Ok(()) => {
                if let Some(owner) = self.owner {
                    let (uid, gid) = (Some(owner.uid), Some(owner.gid));
                    std::os::unix::fs::chown(folder, uid, gid).map_err(fail())?;
                }
                Ok(())
            }
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                let found = fs::symlink_metadata(folder).map_err(fail())?;
                let uid = self.owner.map_or(geteuid().as_raw(), |owner| owner.uid);
                match (found.is_dir(), self.owner) {
                    (true, _) if found.uid() == uid => Ok(()),
                    // A folder that root made beforehand, as a package or an unattended installation does.
                    (true, Some(owner)) if found.uid() == 0 => {
                        std::os::unix::fs::chown(folder, Some(owner.uid), Some(owner.gid)).map_err(fail())
                    }
                    _ => Err(fail()(std::io::Error::other("it belongs to another user"))),
                }
            }
            Err(error) => Err(fail()(error)),
        }
    }
}

/// Who runs the server for root: their uid must be in the list of users, or Postgres refuses it.
fn unprivileged() -> Result<Owner, EmbeddedError> {
    ["postgres", "nobody"]
        .iter()
        .find_map(|name| User::from_name(name).ok().flatten())
        .map(|user| Owner {
            uid: user.uid.as_raw(),
            gid: user.gid.as_raw(),
        })
        .ok_or(EmbeddedError::NoUser)
}

fn data_dir() -> Result<PathBuf, EmbeddedError> {
    if geteuid().is_root() {
        return Ok(PathBuf::from("/var/lib/relance"));
    }
    Ok(user_dir("XDG_DATA_HOME", ".local/share")?.join("relance"))
}

/// Where fetched programs are kept. Root's are used by another user, so they are not in root's home.
pub(super) fn cache_dir() -> Result<PathBuf, EmbeddedError> {
    if geteuid().is_root() {
        return Ok(PathBuf::from("/var/cache/relance"));
    }
    Ok(user_dir("XDG_CACHE_HOME", ".cache")?.join("relance"))
}

fn user_dir(variable: &str, below_home: &str) -> Result<PathBuf, EmbeddedError> {
    let set = |name: &str| {
        std::env::var_os(name)
            .map(PathBuf::from)
            .filter(|path| path.is_absolute())
    };
    set(variable)
        .or_else(|| set("HOME").map(|home| home.join(below_home)))
        .ok_or(EmbeddedError::NoHome)
}

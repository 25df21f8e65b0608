//! The server's process: started, found again, stopped.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use nix::errno::Errno;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use tokio::process::Child;

use super::binaries::Binaries;
use super::home::Home;
use super::{Durability, EmbeddedError, connect};
use crate::store::server;

/// Time between two looks at something that takes a moment.
const LOOK: Duration = Duration::from_millis(20);
/// Looks until a server counts as hung: a minute, as recovery after a crash takes its time.
const LOOKS: u32 = 3_000;

/// A running server.
#[derive(Debug)]
pub(super) struct Postmaster {
    pid: Pid,
    /// When this program started it.
    child: Option<Child>,
    socket_dir: PathBuf,
}

impl Postmaster {
    /// The server that runs on the data already, if one does. One that runs but does not answer within a minute is stopped.
    pub(super) async fn running(home: &Home) -> Result<Option<Self>, EmbeddedError> {
        let Some((pid, socket_dir)) = pid_file(home) else {
            return Ok(None);
        };
        if !works_in(pid, &home.data()) {
            // Left over from a crash, or the number now is another program's.
            let stale = home.data().join("postmaster.pid");
            fs::remove_file(&stale).map_err(EmbeddedError::folder(&stale))?;
            return Ok(None);
        }
        let found = Self {
            pid,
            child: None,
            socket_dir,
        };
        for _ in 0..LOOKS {
            if found.answers().await {
                return Ok(Some(found));
            }
            if !alive(pid) {
                return Ok(None);
            }
            tokio::time::sleep(LOOK).await;
        }
        tracing::warn!(pid = pid.as_raw(), "the embedded database hangs; it is stopped");
        found.stop().await?;
        Ok(None)
    }

    /// Starts the server and waits until it answers.
    pub(super) async fn start(
        home: &Home,
        binaries: &Binaries,
        durability: Durability,
    ) -> Result<Self, EmbeddedError> {
        let log = home.file("server.log");
        let output = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .map_err(EmbeddedError::folder(&log))?;
        let copy = output.try_clone().map_err(EmbeddedError::folder(&log))?;
        let socket_dir = home.socket_dir()?;
        let mut command = home.command(&binaries.program("postgres"));
        command.arg("-D").arg(home.data()).arg("-k").arg(&socket_dir);
        for setting in settings(durability) {
            command.arg("-c").arg(setting);
        }
        // A group of its own: Ctrl-C in a terminal is for this program, which then stops the server in good order.
        let child = command
            .process_group(0)
            .stdout(Stdio::from(output))
            .stderr(Stdio::from(copy))
            .spawn()
            .map_err(EmbeddedError::folder(binaries.program("postgres")))?;
        let pid = child
            .id()
            .and_then(|id| i32::try_from(id).ok())
            .map(Pid::from_raw)
            .ok_or_else(|| failed(&log))?;
        let mut started = Self {
            pid,
            child: Some(child),
            socket_dir,
        };
        for _ in 0..LOOKS {
            if pid_file(home).is_some_and(|(found, _)| found == pid) && started.answers().await {
                return Ok(started);
            }
            if started.has_ended() {
                return Err(failed(&log));
            }
            tokio::time::sleep(LOOK).await;
        }
        started.stop().await?;
        Err(failed(&log))
    }

    /// Its process id.
    pub(super) fn pid(&self) -> i32 {
        self.pid.as_raw()
    }

    /// Where its socket is.
    pub(super) fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// Stops it: connections are cut, open transactions rolled back, all is written. After a minute, at once.
    pub(super) async fn stop(mut self) -> Result<(), EmbeddedError> {
        for signal in [Signal::SIGINT, Signal::SIGQUIT, Signal::SIGKILL] {
            // It may have gone in the meantime: that is as good.
            let _ = kill(self.pid, signal);
            for _ in 0..LOOKS {
                if self.has_ended() {
                    // Empty now; made again by the next start.
                    let _ = fs::remove_dir(&self.socket_dir);
                    return Ok(());
                }
                tokio::time::sleep(LOOK).await;
            }
        }
        Ok(())
    }

    fn has_ended(&mut self) -> bool {
        match &mut self.child {
            Some(child) => child.try_wait().is_ok_and(|status| status.is_some()),
            None => !alive(self.pid),
        }
    }

    async fn answers(&self) -> bool {
        match connect(&self.socket_dir).await {
            Ok(mut connection) => server::is_ready(&mut connection).await.unwrap_or(false),
            Err(_) => false,
        }
    }
}

fn settings(durability: Durability) -> &'static [&'static str] {
    match durability {
        Durability::Full => &[
            "listen_addresses=",
            "unix_socket_permissions=0700",
            "max_connections=100",
        ],
        Durability::None => &[
            "listen_addresses=",
            "unix_socket_permissions=0700",
            "max_connections=300",
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
        ],
    }
}

/// Process and socket folder of the server that says it runs on the data.
fn pid_file(home: &Home) -> Option<(Pid, PathBuf)> {
    let text = fs::read_to_string(home.data().join("postmaster.pid")).ok()?;
    let lines: Vec<&str> = text.lines().collect();
    let pid = lines.first()?.trim().parse().ok()?;
    let socket_dir = lines
        .get(4)
        .map(|line| PathBuf::from(line.trim()))
        .unwrap_or_default();
    Some((Pid::from_raw(pid), socket_dir))
}

/// Whether the process lives and works in the data folder, as a server does.
fn works_in(pid: Pid, data: &Path) -> bool {
    let seen = fs::read_link(format!("/proc/{pid}/cwd"));
    match (seen, fs::canonicalize(data)) {
        (Ok(cwd), Ok(data)) => cwd == data,
        // Without /proc, or without the right to look: whether it lives must do.
        (Err(error), _) if error.kind() != std::io::ErrorKind::NotFound => alive(pid),
        _ => !Path::new("/proc/self").exists() && alive(pid),
    }
}

/// Whether there is such a process that has not ended.
fn alive(pid: Pid) -> bool {
    let ended = fs::read_to_string(format!("/proc/{pid}/stat"))
        .is_ok_and(|stat| stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z')));
    !ended && !matches!(kill(pid, None), Err(Errno::ESRCH))
}

fn failed(log: &Path) -> EmbeddedError {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    let tail = lines[lines.len().saturating_sub(5)..].join("\n");
    EmbeddedError::Start {
        log: log.to_owned(),
        tail,
    }
}

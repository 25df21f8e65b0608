//! Several programs, one server: who may start it, and who is the last.
//!
//! Locks on files, which the system lets go when a program dies, however it dies.

use std::fs::File;

use super::EmbeddedError;
use super::home::Home;

/// Waits until no other program starts or stops the server; until the value is dropped, none does.
pub(super) async fn alone(home: &Home) -> Result<File, EmbeddedError> {
    let path = home.file("start.lock");
    let file = File::create(&path).map_err(EmbeddedError::folder(&path))?;
    tokio::task::spawn_blocking(move || file.lock().map(|()| file))
        .await
        .map_err(|error| EmbeddedError::folder(&path)(std::io::Error::other(error)))?
        .map_err(EmbeddedError::folder(&path))
}

/// That this program uses the server.
#[derive(Debug)]
pub(super) struct Share {
    home: Home,
    file: File,
}

impl Share {
    /// Says so, to all programs that name the same folder.
    pub(super) fn take(home: &Home) -> Result<Self, EmbeddedError> {
        let path = home.file("users.lock");
        let fail = || EmbeddedError::folder(&path);
        let file = File::create(&path).map_err(fail())?;
        file.lock_shared().map_err(fail())?;
        Ok(Self {
            home: home.clone(),
            file,
        })
    }

    /// The folder.
    pub(super) fn home(&self) -> &Home {
        &self.home
    }

    /// Says that it no longer does; true when no other program uses it.
    pub(super) fn give_up(&self) -> Result<bool, EmbeddedError> {
        let path = self.home.file("users.lock");
        self.file.unlock().map_err(EmbeddedError::folder(&path))?;
        Ok(self.file.try_lock().is_ok())
    }
}

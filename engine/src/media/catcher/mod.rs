//! A small mail server that keeps what it is given instead of sending it on: for the demo and for tests.

mod conversation;

use std::collections::HashMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use super::email::SmtpSettings;

/// Mails kept in memory; older ones are forgotten.
const KEPT: usize = 20_000;
/// Lines of the log; older ones are forgotten.
const LOGGED: usize = 20_000;

/// What goes wrong for a recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The recipient is refused for now, that many times (450).
    Reject4xx(u32),
    /// The recipient is refused for good, each time (550).
    Reject5xx,
    /// The connection is cut when the message is announced, before any of it was read; that many times.
    CutAtData(u32),
    /// The connection is cut after the first line of the message, that many times. A small message may have been written
    /// whole by then.
    CutBeforeFinal(u32),
    /// The message is taken and kept, then the connection is cut before the answer, that many times.
    CutAfterFinal(u32),
    /// The whole message is refused for good, each time (554).
    RejectMessage,
    /// The answer to the message comes that late, each time.
    Slow(Duration),
}

/// What goes wrong for everybody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Mood {
    /// Nothing.
    #[default]
    Good,
    /// Connections are refused for good (554).
    RefusesConnections,
    /// Logins are refused for good (535), and mail without a login too (530).
    RefusesLogin,
    /// Senders are refused for good (550).
    RefusesSender,
}

/// A mail as it came in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caught {
    /// Sender of the envelope.
    pub from: String,
    /// Recipients of the envelope.
    pub to: Vec<String>,
    /// The message, headers and all, with CRLF.
    pub data: Vec<u8>,
}

#[derive(Debug, Default)]
struct Book {
    messages: Vec<Caught>,
    count: usize,
    faults: HashMap<String, Fault>,
    mood: Mood,
    log: Vec<String>,
    folder: Option<PathBuf>,
}

#[derive(Debug)]
struct Running {
    address: SocketAddr,
    listening: JoinHandle<()>,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.listening.abort();
    }
}

/// A running catcher; it stops when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct Catcher {
    running: Arc<Running>,
    book: Arc<Mutex<Book>>,
}

fn open(book: &Mutex<Book>) -> MutexGuard<'_, Book> {
    book.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Catcher {
    /// Starts on 127.0.0.1; port 0 takes a free one.
    pub async fn start(port: u16) -> std::io::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let address = listener.local_addr()?;
        let book = Arc::new(Mutex::new(Book::default()));
        let shared = Arc::clone(&book);
        let listening = tokio::spawn(async move {
            loop {
                match listener.accept().await {
                    Ok((stream, _)) => {
                        let book = Arc::clone(&shared);
                        tokio::spawn(async move {
                            // A client that goes away in mid-sentence is its own affair.
                            let _ = conversation::hold(stream, &book).await;
                        });
                    }
                    Err(error) => {
                        tracing::warn!(%error, "the mail catcher could not take a connection");
                        tokio::time::sleep(Duration::from_millis(50)).await;
                    }
                }
            }
        });
        Ok(Self {
            running: Arc::new(Running { address, listening }),
            book,
        })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.running.address
    }

    /// Settings that send to it.
    pub fn settings(&self) -> SmtpSettings {
        SmtpSettings::local(self.address().port())
    }

    /// What came in, oldest first; at most the last 20,000.
    pub fn messages(&self) -> Vec<Caught> {
        open(&self.book).messages.clone()
    }

    /// How many mails came in since the start.
    pub fn count(&self) -> usize {
        open(&self.book).count
    }

    /// Forgets what came in and what was logged.
    pub fn clear(&self) {
        let mut book = open(&self.book);
        book.messages.clear();
        book.log.clear();
        book.count = 0;
    }

    /// Has something go wrong for a recipient (an address, any case); takes the place of what was set before.
    pub fn set_fault(&self, recipient: &str, fault: Fault) {
        open(&self.book).faults.insert(recipient.to_lowercase(), fault);
    }

    /// Nothing goes wrong for this recipient any more.
    pub fn clear_fault(&self, recipient: &str) {
        open(&self.book).faults.remove(&recipient.to_lowercase());
    }

    /// Has something go wrong for everybody.
    pub fn set_mood(&self, mood: Mood) {
        open(&self.book).mood = mood;
    }

    /// Also writes each mail as a file (`000001.eml` ...) into this folder, which must be there.
    pub fn store_into(&self, folder: &Path) {
        open(&self.book).folder = Some(folder.to_owned());
    }

    /// What was said: commands as `C: ...`, answers as `S: ...`, without the messages themselves. At most the last 20,000 lines.
    pub fn log(&self) -> Vec<String> {
        open(&self.book).log.clone()
    }
}

impl Book {
    fn note(&mut self, line: String) {
        if self.log.len() >= LOGGED {
            self.log.drain(..LOGGED / 2);
        }
        self.log.push(line);
    }

    fn keep(&mut self, mail: Caught) {
        if self.messages.len() >= KEPT {
            self.messages.drain(..KEPT / 2);
        }
        self.count += 1;
        if let Some(folder) = &self.folder {
            let path = folder.join(format!("{:06}.eml", self.count));
            #[allow(
                clippy::disallowed_methods,
                reason = "the catcher is at the edge: it writes what it is asked to keep"
            )]
            if let Err(error) = std::fs::write(&path, &mail.data) {
                tracing::warn!(path = %path.display(), %error, "the mail catcher could not write a mail");
            }
        }
        self.messages.push(mail);
    }

    fn fault(&self, to: &[String]) -> Option<Fault> {
        to.iter()
            .find_map(|address| self.faults.get(&address.to_lowercase()))
            .copied()
    }

    /// Whether a fault of so many times strikes once more; counts it down.
    fn strikes(&mut self, to: &[String], pick: impl Fn(&mut Fault) -> Option<&mut u32>) -> bool {
        for address in to {
            let Some(fault) = self.faults.get_mut(&address.to_lowercase()) else {
                continue;
            };
            if let Some(times) = pick(fault)
                && *times > 0
            {
                *times -= 1;
                return true;
            }
        }
        false
    }
}

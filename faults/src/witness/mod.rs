//! The witness: a mail server that writes down what it was given, on the disk, before it answers; and that misbehaves when told to.
//! It shares no code with the product.

mod conversation;

use std::collections::HashMap;
use std::fs::File;
use std::io::Write as _;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Result;
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};
use tokio::net::TcpListener;

/// What became of a message whose last dot arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// Kept: the recipient gets it.
    Taken,
    /// Lost, although the last dot had come.
    Lost,
    /// Refused for now.
    Delayed,
    /// Refused for good.
    Refused,
}

/// Whether the sender got to know its fate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// It was told.
    Told,
    /// The connection was cut right after the answer was written: it may have been lost with it.
    ToldAndCut,
    /// The connection was cut before any answer, when the last dot had come.
    Cut,
    /// The connection was cut before the last dot had come: the sender may have written it, or not.
    CutEarly,
}

/// A message of which something arrived.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The delivery's key, from the Message-ID.
    pub key: String,
    /// What became of it.
    pub fate: Fate,
    /// Whether the sender knows.
    pub answer: Answer,
}

/// How often what goes wrong, in so many of 1000 occasions; in this order the occasions come.
#[derive(Debug, Clone, Copy, Default)]
struct Odds {
    refuses_connection: u32,
    stays_silent: u32,
    delays_recipient: u32,
    refuses_recipient: u32,
    cuts_in_the_message: u32,
    cuts_before_the_answer: u32,
    loses: u32,
    cuts_after_the_answer: u32,
    delays_message: u32,
    refuses_message: u32,
    dawdles: u32,
}

const BAD_DAY: Odds = Odds {
    refuses_connection: 20,
    stays_silent: 8,
    delays_recipient: 20,
    refuses_recipient: 5,
    cuts_in_the_message: 20,
    cuts_before_the_answer: 25,
    loses: 10,
    cuts_after_the_answer: 15,
    delays_message: 20,
    refuses_message: 5,
    dawdles: 60,
};

/// How many times each thing went wrong.
#[derive(Debug, Clone, Default)]
pub struct Mischief(pub HashMap<&'static str, u64>);

#[derive(Debug)]
struct Book {
    log: File,
    entries: Vec<Entry>,
    luck: StdRng,
    mischief: Mischief,
}

#[derive(Debug)]
struct Shared {
    book: Mutex<Book>,
    misbehaves: AtomicBool,
    /// Messages that are being read, or whose fate is not noted yet.
    open: AtomicUsize,
}

/// The witness, listening.
#[derive(Debug, Clone)]
pub struct Witness {
    /// Its port on 127.0.0.1.
    pub port: u16,
    shared: Arc<Shared>,
}

impl Witness {
    /// Listens, and logs to this file.
    pub async fn start(log: &Path, seed: u64) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let port = listener.local_addr()?.port();
        let book = Book {
            log: File::create(log)?,
            entries: Vec::new(),
            luck: StdRng::seed_from_u64(seed),
            mischief: Mischief::default(),
        };
        let shared = Arc::new(Shared {
            book: Mutex::new(book),
            misbehaves: AtomicBool::new(false),
            open: AtomicUsize::new(0),
        });
        let listening = Arc::clone(&shared);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let shared = Arc::clone(&listening);
                // A client that is killed in mid-sentence is the point of it all.
                tokio::spawn(async move { conversation::hold(stream, &shared).await });
            }
        });
        Ok(Self { port, shared })
    }

    /// From now on things go wrong, or no longer do.
    pub fn misbehave(&self, misbehaves: bool) {
        self.shared.misbehaves.store(misbehaves, Ordering::SeqCst);
    }

    /// Waits until the fate of everything that came is noted: whoever asks the log sooner may be told too little.
    pub async fn settle(&self) {
        while self.shared.open.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
        }
    }

    /// The messages from this place of the log on.
    pub fn entries(&self, from: usize) -> Vec<Entry> {
        self.shared
            .book()
            .entries
            .get(from..)
            .unwrap_or_default()
            .to_vec()
    }

    /// Whether a message was kept.
    pub fn has(&self, key: &str) -> bool {
        let book = self.shared.book();
        book.entries
            .iter()
            .any(|entry| entry.key == key && entry.fate == Fate::Taken)
    }

    /// What went wrong so far.
    pub fn mischief(&self) -> Mischief {
        self.shared.book().mischief.clone()
    }
}

impl Shared {
    fn book(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether this goes wrong now.
    fn goes_wrong(&self, what: &'static str, odds: fn(&Odds) -> u32) -> bool {
        if !self.misbehaves.load(Ordering::SeqCst) {
            return false;
        }
        let mut book = self.book();
        let wrong = book.luck.random_range(0..1000) < odds(&BAD_DAY);
        if wrong {
            *book.mischief.0.entry(what).or_default() += 1;
        }
        wrong
    }

    fn pause(&self) -> std::time::Duration {
        std::time::Duration::from_millis(self.book().luck.random_range(50..2500))
    }

    /// Writes a message down, on the disk.
    fn note(&self, entry: Entry) -> std::io::Result<()> {
        let mut book = self.book();
        writeln!(book.log, "{} {:?} {:?}", entry.key, entry.fate, entry.answer)?;
        book.log.sync_data()?;
        book.entries.push(entry);
        Ok(())
    }
}

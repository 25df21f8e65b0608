//! Tells the workers of all processes that somebody did something, so that they look at once, and need not ask the database all the time.
//!
//! It is a help and no promise: what is not heard is found at the next look, and where nothing can be heard (a pooler between, which shares
//! connections by transaction) the database is asked as often as ever. It travels by `NOTIFY`, after the commit and not in it: Postgres
//! commits transactions that notify one after the other.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use sqlx::postgres::{PgListener, PgPoolOptions};
use sqlx::{Executor as _, PgPool, Postgres};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};

const CHANNEL: &str = "relance_work";
/// What is done within this time is told together.
const TOGETHER: Duration = Duration::from_millis(50);
/// How often it is tried whether anything can be heard, and how long that may take.
const TRY: (Duration, Duration) = (Duration::from_secs(60), Duration::from_secs(2));
/// Without anything to do and without a ring, the database is asked after this time at the latest.
const PATIENCE: Duration = Duration::from_secs(5);

/// The bell of a process. Cheap to clone; clones are the same bell.
#[derive(Debug, Clone)]
pub struct Bell {
    rung: watch::Sender<u64>,
    hears: Arc<AtomicBool>,
    about_to_ring: Arc<AtomicBool>,
    patience: Duration,
}

impl Default for Bell {
    fn default() -> Self {
        Self::with_patience(PATIENCE)
    }
}

impl Bell {
    /// A bell whose workers look of themselves after this time, when they hear nothing.
    pub fn with_patience(patience: Duration) -> Self {
        Self {
            rung: watch::Sender::new(0),
            hears: Arc::default(),
            about_to_ring: Arc::default(),
            patience,
        }
    }

    /// Rings in all processes, in a moment: at most once in each twentieth of a second, however often it is asked.
    pub fn ring(&self, pool: &PgPool) {
        if self.about_to_ring.swap(true, Ordering::AcqRel) {
            return;
        }
        let (bell, pool) = (self.clone(), pool.clone());
        tokio::spawn(async move {
            sleep(TOGETHER).await;
            bell.about_to_ring.store(false, Ordering::Release);
            // Whoever works here hears it without the database.
            bell.heard();
            if let Err(error) = tell(&pool).await {
                tracing::debug!(%error, "other processes were not told; they will see for themselves");
            }
        });
    }

    /// Whether what other processes do is heard now.
    pub fn is_heard(&self) -> bool {
        self.hears.load(Ordering::Acquire)
    }

    /// Hears of each ring from now on.
    pub(crate) fn listener(&self) -> watch::Receiver<u64> {
        self.rung.subscribe()
    }

    /// How long a worker that has nothing to do may wait: `None` when nothing can be heard.
    pub(crate) fn patience(&self) -> Option<Duration> {
        self.is_heard().then_some(self.patience)
    }

    fn heard(&self) {
        self.rung.send_modify(|count| *count = count.wrapping_add(1));
    }

    /// Whether something can be heard now; told to the log when that changes.
    fn hears(&self, hears: bool) {
        let before = self.hears.swap(hears, Ordering::AcqRel);
        match (before, hears) {
            (true, false) => {
                tracing::info!(
                    "notifications of the database are not heard any more; it is asked more often"
                );
            }
            (false, true) => tracing::debug!("notifications of the database are heard"),
            _ => {}
        }
        // A worker that waits for a ring looks for itself from now on.
        if before && !hears {
            self.heard();
        }
    }

    /// Listens to the database for whoever works in this process, until `stopped`.
    pub(crate) async fn listen(&self, pool: &PgPool, mut stopped: watch::Receiver<bool>) {
        while !*stopped.borrow() {
            let lost = tokio::select! {
                lost = self.hear(pool) => lost,
                _ = stopped.changed() => return,
            };
            self.hears(false);
            if let Err(error) = lost {
                tracing::debug!(%error, "cannot listen to the database; it is tried again");
            }
            tokio::select! {
                _ = stopped.changed() => {}
                () = sleep(TRY.0) => {}
            }
        }
    }

    /// Listens on a connection of its own until nothing comes any more.
    async fn hear(&self, pool: &PgPool) -> Result<(), sqlx::Error> {
        let own = PgPoolOptions::new()
            .max_connections(1)
            .connect_lazy_with(pool.connect_options().as_ref().clone());
        let mut listener = PgListener::connect_with(&own).await?;
        listener.listen(CHANNEL).await?;
        loop {
            // Its own ring is the proof: a pooler takes the `LISTEN` and forgets it.
            tell(pool).await?;
            match timeout(TRY.1, listener.try_recv()).await {
                Err(_elapsed) => return Ok(()),
                Ok(came) => came?,
            };
            self.hears(true);
            self.heard();
            while let Ok(came) = timeout(TRY.0, listener.try_recv()).await {
                // Nothing: the connection was lost and is there again; something may have been missed.
                came?;
                self.heard();
            }
        }
    }
}

/// Rings in all processes now, for one that ends or does nothing else.
///
/// # Errors
///
/// When the database does not answer: the workers will see for themselves.
pub async fn tell(pool: &PgPool) -> Result<(), sqlx::Error> {
    let rings = sqlx::query::<Postgres>("select pg_notify($1, '')").bind(CHANNEL);
    pool.execute(rings).await.map(|_| ())
}

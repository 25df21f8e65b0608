//! The passes, again and again: until nothing is due, or until told to stop.

use std::time::Duration;

use chrono::{DateTime, Utc};
use tokio::sync::watch;

use crate::clock::Clock;
use crate::deliver::{self, Delivered};
use crate::engine::{Engine, EngineError};
use crate::limits::Rate;
use crate::review::{self, Reviewed};
use crate::store::{accounts, companies, deliveries, statistics};

/// Accounts of one review: one transaction.
const REVIEW_BATCH: u32 = 200;
/// Messages of one claim: one transaction, and as many mails on their way.
const DELIVERY_BATCH: u32 = 50;
/// Passes that go side by side while a run works off what is due.
const SIDE_BY_SIDE: usize = 2;
/// Rounds after which a run stops although something is still due: it turns in a circle.
const ROUNDS: u32 = 500;
/// How often a worker without work looks again where it hears of none.
const POLL: Duration = Duration::from_millis(400);
/// What becomes due sooner than this is waited for so long.
const SHORTEST: Duration = Duration::from_millis(20);
/// How often it is looked whether the database's statistics still fit.
const KEEP: Duration = Duration::from_secs(60);
/// How long a worker waits after an error: twice as long each time, up to the last.
const PAUSE: (Duration, Duration) = (Duration::from_millis(500), Duration::from_secs(30));

/// What a run did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// Accounts that were looked at.
    pub accounts: u32,
    /// Messages and tasks that were decided.
    pub actions: u32,
    /// Messages that were accepted by the mail server.
    pub sent: u32,
    /// Messages put off.
    pub retried: u32,
    /// Messages refused for good.
    pub failed: u32,
    /// Messages called off.
    pub cancelled: u32,
    /// Messages in doubt.
    pub in_doubt: u32,
}

impl Totals {
    /// Adds what a review did.
    pub fn add_review(&mut self, reviewed: Reviewed) {
        self.accounts += reviewed.accounts;
        self.actions += reviewed.actions;
    }

    /// Adds what another run did.
    pub fn add(&mut self, other: Self) {
        self.accounts += other.accounts;
        self.actions += other.actions;
        self.sent += other.sent;
        self.retried += other.retried;
        self.failed += other.failed;
        self.cancelled += other.cancelled;
        self.in_doubt += other.in_doubt;
    }

    /// Adds what a delivery did.
    pub fn add_delivery(&mut self, delivered: Delivered) {
        self.sent += delivered.sent;
        self.retried += delivered.retried;
        self.failed += delivered.failed;
        self.cancelled += delivered.cancelled;
        self.in_doubt += delivered.in_doubt;
    }
}

/// Reviews and delivers until nothing is due at the moment that the clock shows.
pub async fn until_idle(engine: &Engine) -> Result<Totals, EngineError> {
    let mut totals = Totals::default();
    engine.rulebooks.refresh(&engine.pool).await?;
    statistics::keep(&engine.pool).await?;
    for _ in 0..ROUNDS {
        let reviewed = all_reviews(engine).await?;
        let delivered = all_deliveries(engine).await?;
        totals.add_review(reviewed);
        totals.add_delivery(delivered);
        if reviewed.accounts == 0 && delivered.is_idle() {
            return Ok(totals);
        }
    }
    tracing::error!(
        rounds = ROUNDS,
        "something is due again and again; the run stops here"
    );
    Ok(totals)
}

/// [`until_idle`], and then again when the messages have waited that were decided now and can still be recalled, or whose turn had not come
/// in the limits of the settings: it ends when they have left, or when `stop` resolves. With a clock that stands still their time does not come, and they go on waiting.
pub async fn until_all_left(
    engine: &Engine,
    stop: impl Future<Output = ()> + Send,
) -> Result<Totals, EngineError> {
    let mut totals = until_idle(engine).await?;
    let mut stop = std::pin::pin!(stop);
    while let (Clock::System, Some(wait)) = (&engine.clock, wait_left(engine).await?) {
        let seconds = wait.as_secs();
        tracing::info!(
            seconds,
            "messages wait for the time in which they can be recalled, or for their turn"
        );
        tokio::select! {
            () = tokio::time::sleep(wait) => {}
            () = &mut stop => return Ok(totals),
        }
        totals.add(until_idle(engine).await?);
    }
    Ok(totals)
}

/// How long until the next message leaves that waits for nothing but the time in which it can be recalled, or its turn in a limit.
async fn wait_left(engine: &Engine) -> Result<Option<Duration>, EngineError> {
    let now = engine.clock.now();
    let mut connection = engine.pool.acquire().await?;
    let mut next: Option<DateTime<Utc>> = None;
    for company in companies::list(&mut connection).await? {
        let of_company = deliveries::next_waiting(&mut connection, company.id, now).await?;
        next = next.into_iter().chain(of_company).min();
    }
    let longest = engine.rates().map(Rate::step).max().unwrap_or_default();
    let wait = next.filter(|at| *at <= now + engine.sending.undo.max(longest));
    Ok(wait.and_then(|at| (at - now).to_std().ok()))
}

/// Reviews until no account is due.
async fn all_reviews(engine: &Engine) -> Result<Reviewed, EngineError> {
    let lanes = (0..SIDE_BY_SIDE).map(|_| async {
        let mut all = Reviewed::default();
        loop {
            let reviewed = review::pass(engine, REVIEW_BATCH).await?;
            all.add(reviewed);
            if !reviewed.more {
                return Ok::<_, EngineError>(all);
            }
        }
    });
    let mut all = Reviewed::default();
    for reviewed in futures::future::try_join_all(lanes).await? {
        all.add(reviewed);
    }
    Ok(all)
}

/// Delivers until no message is due. Each lane is run to its end, also when another one fails.
async fn all_deliveries(engine: &Engine) -> Result<Delivered, EngineError> {
    let lanes = (0..SIDE_BY_SIDE).map(|_| async {
        let mut all = Delivered::default();
        loop {
            let delivered = deliver::pass(engine, DELIVERY_BATCH).await?;
            all.add(Delivered {
                more: false,
                ..delivered
            });
            if !delivered.more {
                return Ok::<_, EngineError>(all);
            }
        }
    });
    let mut all = Delivered::default();
    for lane in futures::future::join_all(lanes).await {
        all.add(lane?);
    }
    Ok(all)
}

/// Runs `count` workers until `shutdown` resolves; then each finishes what it has begun.
pub async fn workers(engine: Engine, count: u32, shutdown: impl Future<Output = ()> + Send) {
    let (stop, stopped) = watch::channel(false);
    let mut working = tokio::task::JoinSet::new();
    for number in 0..count.max(1) {
        let engine = Engine {
            worker: format!("{}/{number}", engine.worker),
            ..engine.clone()
        };
        working.spawn(worker(engine, stopped.clone()));
    }
    working.spawn(keeper(engine.clone(), stopped.clone()));
    working.spawn(async move { engine.bell.listen(&engine.pool, stopped).await });
    shutdown.await;
    // Nobody listens any more only when all workers have ended by themselves.
    let _ = stop.send(true);
    while let Some(ended) = working.join_next().await {
        if let Err(error) = ended {
            tracing::error!(%error, "a worker broke off");
        }
    }
}

/// Looks after what the database knows of its tables.
async fn keeper(engine: Engine, mut stopped: watch::Receiver<bool>) {
    while !*stopped.borrow() {
        if let Err(error) = statistics::keep(&engine.pool).await {
            let error = &error as &dyn std::error::Error;
            tracing::warn!(worker = %engine.worker, error, "the database's statistics could not be renewed");
        }
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(KEEP) => {}
        }
    }
}

async fn worker(engine: Engine, mut stopped: watch::Receiver<bool>) {
    let mut pause = PAUSE.0;
    let mut bell = engine.bell.listener();
    while !*stopped.borrow() {
        // What is done from here on may not be seen by this round.
        bell.mark_unchanged();
        let wait = match round(&engine).await {
            Ok(true) => {
                pause = PAUSE.0;
                continue;
            }
            Ok(false) => {
                pause = PAUSE.0;
                let wait = idle(&engine).await.unwrap_or(POLL);
                tokio::select! {
                    _ = stopped.changed() => {}
                    _ = bell.changed() => {}
                    () = tokio::time::sleep(wait) => {}
                }
                continue;
            }
            Err(error) => {
                let waited = pause;
                pause = (pause * 2).min(PAUSE.1);
                let error = &error as &dyn std::error::Error;
                tracing::error!(worker = %engine.worker, error, "a pass failed and will be tried again");
                waited
            }
        };
        tokio::select! {
            _ = stopped.changed() => {}
            () = tokio::time::sleep(wait) => {}
        }
    }
}

/// How long a worker that found nothing to do waits for a ring: until something becomes due. When that cannot be told, or when something
/// is due already that could not be done (the sending is stopped, another worker has it), as long as one who hears nothing.
async fn idle(engine: &Engine) -> Option<Duration> {
    let patience = engine.bell.patience()?;
    let now = engine.clock.now();
    let mut connection = engine.pool.acquire().await.ok()?;
    let mut wait = patience;
    for company in companies::ids(&mut connection).await.ok()? {
        let review = accounts::next_due(&mut connection, company).await.ok()?;
        let delivery = deliveries::next_due(&mut connection, company).await.ok()?;
        for moment in [review, delivery].into_iter().flatten() {
            wait = wait.min((moment - now).to_std().ok()?);
        }
    }
    Some(wait.max(SHORTEST))
}

/// One review and one delivery; whether there was anything to do.
async fn round(engine: &Engine) -> Result<bool, EngineError> {
    engine.rulebooks.refresh(&engine.pool).await?;
    let reviewed = review::pass(engine, REVIEW_BATCH).await;
    let delivered = deliver::pass(engine, DELIVERY_BATCH).await;
    let (reviewed, delivered) = (reviewed?, delivered?);
    Ok(reviewed.accounts > 0 || !delivered.is_idle())
}

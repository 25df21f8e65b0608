//! The delivery: takes messages from the outbox, looks once more whether they still hold, sends them, records what became of them.
//!
//! `claim` is one transaction: facts are read again under the account's lock, and its commit is the moment that defines "not
//! paid". Then the messages are handed over, outside any transaction, several at a time. `record` writes what became of them; mails
//! that end together are recorded together. A worker that dies in between leaves messages in `sending`: when their lease has run
//! out, `expired` gives them to a person as "in doubt". Nothing is guessed. What cannot be claimed or written is set `apart`.

mod apart;
mod backoff;
mod claim;
mod expired;
mod record;
mod write;

use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use futures::stream::FuturesUnordered;
use futures::{FutureExt, StreamExt};

use crate::engine::{Engine, EngineError};
use crate::media::outcome::Outcome;

use claim::Outgoing;
use record::Finished;
use write::Prepared;

/// Mails that end while the ones before are being recorded wait for each other; at most so many are recorded in one transaction.
const TOGETHER: usize = 64;

/// What a pass did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Delivered {
    /// Accepted by the mail server.
    pub sent: u32,
    /// Put off: to be tried again later.
    pub retried: u32,
    /// Refused for good.
    pub failed: u32,
    /// Called off before they were sent.
    pub cancelled: u32,
    /// Nobody knows whether they left.
    pub in_doubt: u32,
    /// Whether more messages may be due now.
    pub more: bool,
}

impl Delivered {
    /// Adds what another pass did.
    pub fn add(&mut self, other: Self) {
        self.sent += other.sent;
        self.retried += other.retried;
        self.failed += other.failed;
        self.cancelled += other.cancelled;
        self.in_doubt += other.in_doubt;
        self.more |= other.more;
    }

    /// Whether anything was done.
    pub fn is_idle(&self) -> bool {
        let Self {
            sent,
            retried,
            failed,
            cancelled,
            in_doubt,
            more,
        } = *self;
        !more && sent + retried + failed + cancelled + in_doubt == 0
    }
}

/// Sends at most `batch` messages that are due.
///
/// To be run to its end: dropped in the middle, it leaves what it had claimed in `sending`, as a crash would.
pub async fn pass(engine: &Engine, batch: u32) -> Result<Delivered, EngineError> {
    let mut delivered = Delivered {
        in_doubt: expired::pass(engine).await?,
        ..Delivered::default()
    };
    let claimed = claim::pass(engine, batch).await?;
    delivered.cancelled = claimed.called_off;
    delivered.failed = claimed.failed;
    delivered.retried = claimed.put_off;
    delivered.more = claimed.more;
    send_all(engine, claimed.outgoing, &mut delivered).await?;
    Ok(delivered)
}

/// Hands the mails over and records what became of them, while others are still on their way. All conversations are brought to
/// their end and recorded as well as can be, also when a record fails: what could not be recorded ends as "in doubt".
async fn send_all(
    engine: &Engine,
    outgoing: Vec<Outgoing>,
    delivered: &mut Delivered,
) -> Result<(), EngineError> {
    let down = Down::default();
    let mut sending: FuturesUnordered<_> = outgoing
        .into_iter()
        .map(|mail| send(engine, mail, &down))
        .collect();
    let mut finished: Vec<Finished> = Vec::new();
    let mut failure = None;
    loop {
        if finished.is_empty() {
            match sending.next().await {
                Some(first) => finished.push(first),
                None => break,
            }
        }
        // All that have ended by now, without waiting for any.
        while finished.len() < TOGETHER
            && let Some(Some(next)) = sending.next().now_or_never()
        {
            finished.push(next);
        }
        let group = std::mem::take(&mut finished);
        let recording = record::patiently(engine, &group);
        futures::pin_mut!(recording);
        // The others go on while this group is being recorded.
        let recorded = loop {
            tokio::select! {
                recorded = &mut recording => break recorded,
                Some(next) = sending.next(), if !sending.is_empty() => finished.push(next),
            }
        };
        match recorded {
            Ok(recorded) => delivered.add(recorded),
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Ways that were found to be down in this pass.
#[derive(Default)]
struct Down(Mutex<BTreeSet<String>>);

impl Down {
    fn has(&self, way: &str) -> bool {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .contains(way)
    }

    fn note(&self, way: &str) {
        let mut ways = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        ways.insert(way.to_owned());
    }
}

/// Hands one message over; not at all when its way was found to be down in this pass, or when too little is left of the lease.
async fn send(engine: &Engine, message: Outgoing, down: &Down) -> Finished {
    let way = match &message.prepared {
        Prepared::Mail(_) => "mail",
        Prepared::Post(post) => &post.webhook,
    };
    let longest = TimeDelta::from_std(longest(engine)).unwrap_or(TimeDelta::MAX);
    let may_begin = || {
        let left = message.leased_until - engine.clock.now();
        !down.has(way) && left > longest
    };
    let outcome = match &message.prepared {
        Prepared::Mail(mail) => engine.mailer.send(mail, may_begin).await,
        Prepared::Post(post) => engine.webhooks.send(post, engine.clock.now(), may_begin).await,
    };
    if let Some(Outcome::Trouble(why) | Outcome::Down(why)) = &outcome {
        tracing::warn!(worker = %engine.worker, way, why, "a message cannot be sent");
    }
    if let Some(Outcome::Down(_)) = &outcome {
        down.note(way);
    }
    Finished {
        company: message.company,
        customer: message.customer,
        claim: message.claim,
        outcome,
    }
}

/// The longest that handing over a message can take.
fn longest(engine: &Engine) -> Duration {
    engine.mailer.longest().max(engine.webhooks.longest())
}

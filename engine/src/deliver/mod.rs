//! The delivery: takes messages from the outbox, looks once more whether they still hold, sends them, records what became of them.
//!
//! `claim` is one transaction: facts are read again under the account's lock, and its commit is the moment that defines "not
//! paid". Then the messages are handed over, outside any transaction, several at a time; each is marked as begun before. `record` writes
//! what became of them; mails that end together are recorded together. A worker that dies in between leaves messages in `sending`: when
//! their lease has run out, `expired` lets those wait again that were not begun; the others are "in doubt", and a person is asked, or
//! the settings say what becomes of them. Nothing is guessed. What cannot be claimed or written is set `apart`.

mod apart;
mod backoff;
mod claim;
mod expired;
mod record;
mod turns;
mod write;

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::TimeDelta;
use relance_rules::ids::CompanyId;
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

use crate::engine::{Engine, EngineError};
use crate::media::outcome::Outcome;
use crate::moments::Moment;
use crate::store::deliveries::{self, Claim};
use crate::store::{companies, stops};

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

/// Sends at most `batch` messages of each company that are due: no company waits for the end of another one's work.
///
/// To be run to its end: dropped in the middle, it leaves what it had claimed in `sending`, as a crash would.
pub async fn pass(engine: &Engine, batch: u32) -> Result<Delivered, EngineError> {
    let mut due = Vec::new();
    {
        let (mut connection, now) = (engine.pool.acquire().await?, engine.clock.now());
        for company in companies::ids(&mut connection).await? {
            if deliveries::is_due(&mut connection, company, now).await? {
                due.push(company);
            }
        }
    }
    let (mut all, mut failure) = (Delivered::default(), None);
    for company in due {
        match engine
            .meters
            .passed("delivery", of_company(engine, company, batch).await)
        {
            Ok(done) => all.add(done),
            // What holds up one company holds up no other.
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    failure.map_or(Ok(all), Err)
}

async fn of_company(engine: &Engine, company: CompanyId, batch: u32) -> Result<Delivered, EngineError> {
    let mut delivered = expired::pass(engine, company).await?;
    let claimed = claim::pass(engine, company, batch).await?;
    delivered.add(Delivered {
        cancelled: claimed.called_off,
        failed: claimed.failed,
        retried: claimed.put_off,
        more: claimed.more,
        ..Delivered::default()
    });
    send_all(engine, company, claimed.outgoing, &mut delivered).await?;
    Ok(delivered)
}

/// Hands the messages over and records what became of them, while others are still on their way. All conversations are brought to
/// their end and recorded as well as can be, also when a record fails: what could not be recorded ends as "in doubt".
async fn send_all(
    engine: &Engine,
    company: CompanyId,
    outgoing: Vec<Outgoing>,
    delivered: &mut Delivered,
) -> Result<(), EngineError> {
    let down = Arc::new(Down::default());
    let side_by_side = engine.mailer.side_by_side();
    let mut waiting = VecDeque::from(outgoing);
    let mut sending = JoinSet::new();
    let mut failure = None;
    loop {
        while sending.len() <= side_by_side && !waiting.is_empty() {
            let next = waiting.drain(..side_by_side.min(waiting.len())).collect();
            match begin(engine, company, next).await {
                Ok(begun) => begun.into_iter().for_each(|message| {
                    sending.spawn(send(engine.clone(), message, Arc::clone(&down)));
                }),
                // What was not begun waits for the end of its lease, and is sent then.
                Err(error) => {
                    failure = Some(error);
                    waiting.clear();
                }
            }
        }
        let Some(first) = sending.join_next().await else {
            break;
        };
        // All that have ended by now, without waiting for any.
        let others = std::iter::from_fn(|| sending.try_join_next());
        let ended = std::iter::once(first).chain(others.take(TOGETHER - 1));
        let finished: Vec<Finished> = ended.filter_map(whole).collect();
        match record::patiently(engine, company, &finished).await {
            Ok(recorded) => delivered.add(recorded),
            Err(error) => failure = Some(error),
        }
    }
    failure.map_or(Ok(()), Err)
}

/// Marks messages as begun; gives those that may be handed over. The others were lost to another worker, with their lease; once the
/// sending is stopped, all are given back.
async fn begin(
    engine: &Engine,
    company: CompanyId,
    messages: Vec<Outgoing>,
) -> Result<Vec<Outgoing>, EngineError> {
    let claims: Vec<Claim> = messages.iter().map(|message| message.claim).collect();
    let now = engine.clock.now();
    let mut transaction = engine.pool.begin().await?;
    let begun = if stops::hold(&mut transaction, company).await?.is_some() {
        deliveries::release(&mut transaction, company, &claims).await?;
        Vec::new()
    } else {
        deliveries::begin_handing_over(&mut transaction, company, &claims, now).await?
    };
    engine.moments.come(Moment::BeginningWritten);
    transaction.commit().await?;
    engine.moments.come(Moment::Begun);
    let ours = messages
        .into_iter()
        .filter(|message| begun.contains(&message.claim.delivery));
    Ok(ours.collect())
}

/// A conversation that broke off is a mistake of ours; its message ends as "in doubt".
fn whole(ended: Result<Finished, JoinError>) -> Option<Finished> {
    ended
        .inspect_err(|error| tracing::error!(%error, "a conversation broke off; please report it"))
        .ok()
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
async fn send(engine: Engine, message: Outgoing, down: Arc<Down>) -> Finished {
    let (way, in_doubt) = match &message.prepared {
        Prepared::Mail(_) => ("mail", engine.mailer.settings().in_doubt),
        Prepared::Post(post) => (post.webhook.as_str(), engine.webhooks.in_doubt(&post.webhook)),
    };
    let longest = TimeDelta::from_std(longest(&engine)).unwrap_or(TimeDelta::MAX);
    let may_begin = || {
        let left = message.leased_until - engine.clock.now();
        !down.has(way) && left > longest
    };
    let began = Instant::now();
    let outcome = match &message.prepared {
        Prepared::Mail(mail) => engine.mailer.send(mail, may_begin).await,
        Prepared::Post(post) => engine.webhooks.send(post, engine.clock.now(), may_begin).await,
    };
    engine.meters.handed_over(way, outcome.as_ref(), began.elapsed());
    if let Some(Outcome::Trouble(why) | Outcome::Down(why)) = &outcome {
        tracing::warn!(worker = %engine.worker, way, why, "a message cannot be sent");
    }
    if let Some(Outcome::Down(_)) = &outcome {
        down.note(way);
    }
    engine.moments.come(Moment::HandedOver);
    Finished {
        customer: message.customer,
        claim: message.claim,
        outcome,
        in_doubt,
    }
}

/// The longest that handing over a message can take.
fn longest(engine: &Engine) -> Duration {
    engine.mailer.longest().max(engine.webhooks.longest())
}

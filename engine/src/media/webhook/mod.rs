//! Messages that are posted to an address of the server's settings: `medium whatsapp = webhook "whatsapp"`.
//!
//! `address` is where one goes to, `sign` proves who posts, `client` holds the conversation, `answer` says what its end means for the
//! message. What is posted is written by [`crate::message`].

mod address;
mod answer;
mod client;
mod sign;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use relance_rules::rulebook::Ways;
use tokio::sync::Semaphore;
use tokio_rustls::TlsConnector;

pub use address::{Address, NoAddress};
pub use sign::{SIGNATURE, signature};

use super::outcome::Outcome;
use crate::limits::Rate;
use crate::sending::InDoubt;

/// Posts to one address at the same time.
const SIDE_BY_SIDE: usize = 4;
/// The longest exchange, in waits: reaching the address, the answer, and the rest of what it says.
const LONGEST_FACTOR: u32 = 3;

/// An address, and how to post to it.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSettings {
    /// Where to.
    pub address: Address,
    /// What the receiver and we know: posts are signed with it.
    pub secret: String,
    /// The value of an `Authorization` header, when the receiver asks for one.
    pub authorization: Option<String>,
    /// The receiver carries out what comes twice with one key once only: what is in doubt may be posted again.
    pub idempotent: bool,
    /// What becomes of a message of which nobody knows whether it arrived; with `idempotent` there is none.
    pub in_doubt: InDoubt,
    /// How many messages may be posted.
    pub limit: Option<Rate>,
    /// Longest wait: to reach the address, and for the answer.
    pub timeout: Duration,
}

impl fmt::Debug for WebhookSettings {
    /// Without secret and authorization.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookSettings")
            .field("address", &self.address)
            .field("idempotent", &self.idempotent)
            .field("in_doubt", &self.in_doubt)
            .field("limit", &self.limit)
            .field("timeout", &self.timeout)
            .finish_non_exhaustive()
    }
}

/// A message ready to be posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Name of the address.
    pub webhook: String,
    /// Key of the delivery, the same for each try.
    pub key: String,
    /// What kind of text the body is.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

/// Why addresses cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WebhookError {
    /// TLS cannot be set up.
    #[error("secured connections cannot be set up: {0}")]
    Tls(String),
}

/// All addresses of the settings, by name. Cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Webhooks(Arc<BTreeMap<String, Receiver>>);

struct Receiver {
    settings: WebhookSettings,
    slots: Semaphore,
    tls: Option<TlsConnector>,
}

impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}

impl Webhooks {
    /// No connection is made before the first post.
    pub fn new(settings: BTreeMap<String, WebhookSettings>) -> Result<Self, WebhookError> {
        let secured = settings.values().any(|s| s.address.is_secured());
        let tls = secured.then(client::tls).transpose()?;
        let receiver = |settings: WebhookSettings| Receiver {
            tls: tls.clone().filter(|_| settings.address.is_secured()),
            slots: Semaphore::new(SIDE_BY_SIDE),
            settings,
        };
        let all = settings.into_iter().map(|(name, s)| (name, receiver(s)));
        Ok(Self(Arc::new(all.collect())))
    }

    /// The names that have an address.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The ways out that this makes.
    pub fn ways(&self) -> Ways {
        Ways::of(self.0.keys().cloned())
    }

    /// Whether a post to this name may be made again when nobody knows what became of it.
    pub fn is_idempotent(&self, name: &str) -> bool {
        self.0.get(name).is_some_and(|r| r.settings.idempotent)
    }

    /// What becomes of a post to this name that is in doubt. A name that is in the settings no more says nothing: a person is asked.
    pub fn in_doubt(&self, name: &str) -> InDoubt {
        self.0.get(name).map_or(InDoubt::Ask, |r| r.settings.in_doubt)
    }

    /// How many messages may be posted to this name.
    pub fn limit(&self, name: &str) -> Option<Rate> {
        self.0.get(name).and_then(|r| r.settings.limit)
    }

    /// All limits.
    pub fn rates(&self) -> impl Iterator<Item = Rate> {
        self.0.values().filter_map(|r| r.settings.limit)
    }

    /// The longest that [`Webhooks::send`] can take for any name once its turn has come.
    pub fn longest(&self) -> Duration {
        let all = self.0.values().map(|r| r.settings.timeout * LONGEST_FACTOR);
        all.max().unwrap_or_default()
    }

    /// Posts a message; waits for its turn. `may_begin` is asked then: `false` gives `None` and nothing has happened. `now` is the
    /// moment in the signature.
    pub async fn send(
        &self,
        post: &Post,
        now: DateTime<Utc>,
        may_begin: impl FnOnce() -> bool,
    ) -> Option<Outcome> {
        let Some(receiver) = self.0.get(&post.webhook) else {
            let why = format!("the settings have no address for the webhook `{}`", post.webhook);
            return Some(Outcome::Trouble(why));
        };
        let slot = receiver.slots.acquire().await;
        if !may_begin() {
            return None;
        }
        let ended = client::exchange(&receiver.settings, receiver.tls.as_ref(), post, now).await;
        drop(slot);
        Some(answer::outcome(
            &post.webhook,
            ended,
            receiver.settings.idempotent,
        ))
    }
}

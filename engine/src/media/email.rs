//! Mail by SMTP.

use std::sync::Arc;
use std::time::Duration;

/// How the connection to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Not at all: for a server on the same machine.
    #[default]
    None,
    /// Plain at first, then secured by STARTTLS; never sent in clear.
    StartTls,
    /// Secured from the first byte.
    Tls,
}

/// Where and how mail is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmtpSettings {
    /// Host name or address of the mail server.
    pub host: String,
    /// Port.
    pub port: u16,
    /// Security of the connection.
    pub tls: Tls,
    /// User, when the server asks for one.
    pub user: Option<String>,
    /// Password of the user.
    pub password: Option<String>,
    /// Longest wait for one answer. The answer to a whole message may take five times as long.
    pub timeout: Duration,
    /// Connections at the same time, at least 1.
    pub pool: u32,
    /// Name by which this program greets the server; the host's own name when none is given.
    pub helo: Option<String>,
}

impl SmtpSettings {
    /// Plain SMTP to a server on this machine.
    pub fn local(port: u16) -> Self {
        Self {
            host: "127.0.0.1".to_owned(),
            port,
            tls: Tls::None,
            user: None,
            password: None,
            timeout: Duration::from_secs(20),
            pool: 4,
            helo: None,
        }
    }
}

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
        source: lettre::transport::smtp::Error,
    },
}

/// Hands mails to one mail server over a few kept connections. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Mailer(Arc<SmtpSettings>);

impl Mailer {
    /// A mailer; no connection is made before the first mail.
    pub fn new(settings: SmtpSettings) -> Result<Self, MailerError> {
        Ok(Self(Arc::new(settings)))
    }

    /// The settings.
    pub fn settings(&self) -> &SmtpSettings {
        &self.0
    }
}

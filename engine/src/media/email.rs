//! A mail: its headers and its two parts; and where mails are handed over.

use std::fmt;
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use lettre::Address;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Attachment, Mailbox, Message, MultiPart};

pub use super::outcome::Outcome;
pub use super::smtp::{Mailer, MailerError};
use crate::limits::MailLimits;
use crate::sending::InDoubt;
use crate::store::deliveries::Attached;

/// How the connection to the mail server is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tls {
    /// Not at all: for a server on the same machine.
    #[default]
    None,
    /// Plain at first, then secured by STARTTLS; nothing is sent when the server does not offer it.
    StartTls,
    /// Secured from the first byte.
    Tls,
}

/// Where and how mail is handed over.
#[derive(Clone, PartialEq, Eq)]
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
    /// Name by which this program greets the server; `[127.0.0.1]` when none is given.
    pub helo: Option<String>,
    /// What becomes of a mail of which nobody knows whether it left.
    pub in_doubt: InDoubt,
    /// How many mails may leave.
    pub limits: MailLimits,
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
            in_doubt: InDoubt::Ask,
            limits: MailLimits::default(),
        }
    }
}

impl fmt::Debug for SmtpSettings {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SmtpSettings")
            .field("host", &self.host)
            .field("port", &self.port)
            .field("tls", &self.tls)
            .field("user", &self.user)
            .field("timeout", &self.timeout)
            .field("pool", &self.pool)
            .field("helo", &self.helo)
            .field("in_doubt", &self.in_doubt)
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// A mail to be written.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Mailbox of the sender, as `Atelier Lumière <compta@atelier.example>`.
    pub sender: &'a str,
    /// Mailbox for answers, when it is another one.
    pub reply_to: Option<&'a str>,
    /// Name of the recipient.
    pub recipient_name: &'a str,
    /// Address of the recipient.
    pub recipient: &'a str,
    /// Subject, one line.
    pub subject: &'a str,
    /// Plain text.
    pub text: &'a str,
    /// HTML document.
    pub html: &'a str,
    /// Where mail programs tell that they show the mail, as the address of an image; none when nobody is to know.
    pub opening: Option<&'a str>,
    /// What goes with it, each with the name of its file.
    pub attached: &'a [Attached],
    /// Two-letter language.
    pub language: &'a str,
    /// Key of the delivery: with the sender's domain it makes the Message-ID, the same for each try.
    pub key: &'a str,
    /// The date in the headers.
    pub date: DateTime<Utc>,
    /// Whether the recipient may ask not to get such mails: courtesy and thanks, not reminders of what is owed.
    pub unsubscribable: bool,
}

/// A mail ready to be handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prepared {
    /// Sender of the envelope.
    pub from: Address,
    /// Recipient of the envelope.
    pub to: Address,
    /// Headers and parts, with CRLF.
    pub bytes: Vec<u8>,
}

/// Why a mail could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ComposeError {
    /// The company's own mailbox is wrong: nothing can be sent for this company.
    #[error("`{0}` is not a mailbox: write the company's sender as `Name <name@domain>`")]
    Sender(String),
    /// The address of the recipient is wrong.
    #[error("`{0}` is not a mail address")]
    Recipient(String),
    /// The mail could not be put together.
    #[error("the mail could not be put together")]
    Message(#[source] lettre::error::Error),
}

/// Reads a mailbox of one's own, as `Atelier Lumière <compta@atelier.example>`. A name with a comma needs quotes.
pub fn mailbox(text: &str) -> Result<Mailbox, ComposeError> {
    text.parse().map_err(|_| ComposeError::Sender(text.to_owned()))
}

/// Writes a mail: headers, plain text and HTML.
pub fn compose(mail: &Mail<'_>) -> Result<Prepared, ComposeError> {
    let sender = mailbox(mail.sender)?;
    let to: Address = mail
        .recipient
        .trim()
        .parse()
        .map_err(|_| ComposeError::Recipient(mail.recipient.to_owned()))?;
    let name = Some(mail.recipient_name.trim().to_owned()).filter(|name| !name.is_empty());
    let from = sender.email.clone();
    let mut builder = Message::builder()
        .message_id(Some(format!("<{}@{}>", mail.key, from.domain())))
        .date(SystemTime::from(mail.date))
        .from(sender)
        .to(Mailbox::new(name, to.clone()))
        .subject(mail.subject)
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Content-Language", mail.language.to_owned()));
    let answers = match mail.reply_to {
        Some(reply_to) => {
            let reply_to = mailbox(reply_to)?;
            let address = reply_to.email.clone();
            builder = builder.reply_to(reply_to);
            address
        }
        None => from.clone(),
    };
    if mail.unsubscribable {
        builder = builder.raw_header(header(
            "List-Unsubscribe",
            format!("<mailto:{answers}?subject=unsubscribe>"),
        ));
    }
    let message = builder.multipart(parts(mail)).map_err(ComposeError::Message)?;
    Ok(Prepared {
        from,
        to,
        bytes: message.formatted(),
    })
}

/// The words as text and as HTML, and behind them what goes with the mail.
fn parts(mail: &Mail<'_>) -> MultiPart {
    let words = MultiPart::alternative_plain_html(mail.text.to_owned(), html(mail));
    if mail.attached.is_empty() {
        return words;
    }
    let mut pdf = ContentType::TEXT_PLAIN;
    if let Ok(known) = ContentType::parse("application/pdf") {
        pdf = known;
    }
    mail.attached
        .iter()
        .fold(MultiPart::mixed().multipart(words), |all, file| {
            all.singlepart(Attachment::new(file.name.clone()).body(file.pdf.clone(), pdf.clone()))
        })
}

/// The HTML part, with an image of one point at its end when the mail asks to be told that it is opened.
fn html(mail: &Mail<'_>) -> String {
    let Some(address) = mail.opening else {
        return mail.html.to_owned();
    };
    let image = format!(
        "<img src=\"{}\" width=\"1\" height=\"1\" alt=\"\">\n",
        escaped(address)
    );
    match mail.html.rsplit_once("</body>") {
        Some((before, after)) => format!("{before}{image}</body>{after}"),
        None => format!("{}{image}", mail.html),
    }
}

/// For a value in quotes.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('"', "&quot;")
        .replace('<', "&lt;")
}

fn header(name: &'static str, value: String) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
}

//! Every key of the settings: its name, what it is for, and what may be written.

/// One key.
#[derive(Debug)]
pub struct Key {
    /// Section and name, as in `relance.toml`.
    pub name: &'static str,
    /// What may be written, for errors and the reference.
    pub write: &'static str,
    /// What it is for.
    pub what: &'static str,
}

impl Key {
    /// The environment variable that sets it: `server.public_url` is `RELANCE_SERVER_PUBLIC_URL`.
    pub fn variable(&self) -> String {
        format!("RELANCE_{}", self.name.replace('.', "_").to_uppercase())
    }
}

macro_rules! keys {
    ($($name:literal, $write:literal, $what:literal;)*) => {
        /// All keys, by section.
        pub const KEYS: &[Key] = &[$(Key { name: $name, write: $write, what: $what }),*];
    };
}

keys! {
    "database.url", "an address such as \"postgres://user:password@host:5432/relance\"",
        "a Postgres 15 or later; without it the program runs its own";
    "database.folder", "a folder such as \"/var/lib/relance\"", "where the program's own Postgres keeps its data";
    "database.name", "a name such as \"relance\"", "the database in the program's own Postgres";
    "database.max_connections", "a number from 2 to 1000", "connections at the same time";
    "server.listen", "an address and a port such as \"127.0.0.1:8080\"", "where the pages and the API are served";
    "server.public_url", "an address such as \"https://relance.example\"",
        "how browsers reach the pages; with https, cookies are sent over https only";
    "rules.folder", "a folder such as \"rules\"", "rule files and templates, watched while the program runs";
    "smtp.host", "a host name such as \"mail.example\"", "the mail server";
    "smtp.port", "a number from 1 to 65535", "the mail server's port";
    "smtp.tls", "\"none\", \"start_tls\" or \"tls\"", "how the connection to the mail server is secured";
    "smtp.user", "a name", "user at the mail server";
    "smtp.password", "a password; better in RELANCE_SMTP_PASSWORD than in the file", "its password";
    "smtp.timeout_seconds", "a number from 1 to 600", "longest wait for one answer";
    "smtp.pool", "a number from 1 to 100", "connections to the mail server at the same time";
    "smtp.helo", "a host name", "how the program greets the mail server";
    "smtp.in_doubt", "\"ask\", \"resend\" or \"drop\"", "what becomes of a mail of which nobody knows whether it left";
    "smtp.limit", "a rate such as \"600 per hour\" (per minute, hour or day)", "how many mails of one company leave at most";
    "smtp.limit_by_domain", "domains, each once with its rate, such as \"orange.fr 100 per hour, * 20 per minute\"",
        "how many mails of one company leave at most to a mail domain; *: to each that is not named";
    "engine.workers", "a number from 1 to 64", "reviews and deliveries at the same time";
    "engine.undo_minutes", "a number from 0 to 1440", "how long a message waits after its decision, so that it can be recalled";
    "engine.breaker_factor", "a number from 0 to 1000", "a day with so many times the messages of a usual busy day stops the sending and asks; 0: never";
    "engine.breaker_least", "a number from 1 to 1000000", "so many messages a day of one company are never too many";
    "log.level", "a filter such as \"info\" or \"relance_engine=debug,info\"", "what is logged";
    "log.format", "\"text\" or \"json\"", "how it is logged";
}

/// The key of this name.
pub fn find(name: &str) -> Option<&'static Key> {
    KEYS.iter().find(|key| key.name == name)
}

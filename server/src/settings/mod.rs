//! Settings: `relance.toml`, over it the environment (`RELANCE_...`), over it the flags.

mod error;
mod keys;
mod webhooks;

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use chrono::TimeDelta;
use relance_engine::limits::{Domains, MailLimits, Rate};
use relance_engine::media::email::{SmtpSettings, Tls};
use relance_engine::media::webhook::WebhookSettings;
use relance_engine::sending::{Breaker, InDoubt, Sending};

pub use error::SettingsError;
pub use keys::KEYS;
use keys::Key;
use webhooks::Webhooks;
pub use webhooks::reference as webhook_reference;

/// All that can be set.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The store.
    pub database: DatabaseSettings,
    /// Pages and API.
    pub server: ServerSettings,
    /// The rulebook's folder; none: the rules in force stay as they are in the store.
    pub rules_folder: Option<PathBuf>,
    /// The way out for mail.
    pub smtp: SmtpSettings,
    /// Addresses that messages are posted to, by name.
    pub webhooks: BTreeMap<String, WebhookSettings>,
    /// Workers that review and deliver.
    pub workers: u32,
    /// How the sending is held in check.
    pub sending: Sending,
    /// What is logged and how.
    pub log: LogSettings,
}

/// Where the store is.
#[derive(Debug, Clone)]
pub struct DatabaseSettings {
    /// Address of a Postgres; none: the program's own.
    pub url: Option<String>,
    /// Folder of the program's own Postgres; none: the user's data folder.
    pub folder: Option<PathBuf>,
    /// Database in the program's own Postgres.
    pub name: String,
    /// Connections at the same time.
    pub max_connections: u32,
}

/// Where pages and API are served.
#[derive(Debug, Clone)]
pub struct ServerSettings {
    /// Address and port.
    pub listen: SocketAddr,
    /// How browsers reach it.
    pub public_url: Option<String>,
}

impl ServerSettings {
    /// Cookies are sent over https only.
    pub fn secure_cookies(&self) -> bool {
        self.public_url
            .as_deref()
            .is_some_and(|url| url.starts_with("https://"))
    }
}

/// What is logged and how.
#[derive(Debug, Clone)]
pub struct LogSettings {
    /// A filter of tracing-subscriber; without one it depends on the command: see [`crate::telemetry::start`].
    pub level: Option<String>,
    /// One JSON object a line instead of text.
    pub json: bool,
}

/// A value and where it was found.
#[derive(Debug, Clone)]
struct Found {
    value: String,
    origin: String,
}

/// Values by key, the strongest source last.
#[derive(Debug, Default)]
pub struct Sources {
    found: BTreeMap<&'static str, Found>,
    webhooks: Webhooks,
}

impl Sources {
    /// Takes a settings file.
    pub fn file(&mut self, path: &Path) -> Result<(), SettingsError> {
        let text = std::fs::read_to_string(path).map_err(|source| SettingsError::Read {
            path: path.to_owned(),
            source,
        })?;
        self.text(path, &text)
    }

    fn text(&mut self, path: &Path, text: &str) -> Result<(), SettingsError> {
        let table: toml::Table = text.parse().map_err(|e: toml::de::Error| SettingsError::Syntax {
            path: path.to_owned(),
            problem: e.to_string().trim_end().to_owned(),
        })?;
        let origin = path.display().to_string();
        for (section, value) in table {
            let toml::Value::Table(entries) = value else {
                return Err(unknown(&origin, &section));
            };
            if section == webhooks::SECTION {
                self.webhooks.table(entries, &origin)?;
                continue;
            }
            for (name, value) in entries {
                self.set(&format!("{section}.{name}"), plain(&value), &origin)?;
            }
        }
        Ok(())
    }

    /// Takes the environment: `RELANCE_...`, and `DATABASE_URL` below it. `RELANCE_SETTINGS` and the like, which are flags of the
    /// command line, are skipped.
    pub fn environment(
        &mut self,
        variables: impl Iterator<Item = (String, String)>,
    ) -> Result<(), SettingsError> {
        for (variable, value) in variables {
            if variable == "DATABASE_URL" && !value.is_empty() {
                self.found.entry("database.url").or_insert(Found {
                    value,
                    origin: variable,
                });
            } else if variable.starts_with("RELANCE_")
                && !["RELANCE_SETTINGS", "RELANCE_PASSWORD"].contains(&variable.as_str())
            {
                if self.webhooks.variable(&variable, &value)? {
                    continue;
                }
                match KEYS.iter().find(|key| key.variable() == variable) {
                    Some(key) => {
                        self.found.insert(
                            key.name,
                            Found {
                                value,
                                origin: variable,
                            },
                        );
                    }
                    None => return Err(unknown("environment", &variable)),
                }
            }
        }
        Ok(())
    }

    /// Takes a flag, when it was given.
    pub fn flag(&mut self, key: &str, flag: &str, value: Option<String>) -> Result<(), SettingsError> {
        match value {
            Some(value) => self.set(key, value, flag),
            None => Ok(()),
        }
    }

    fn set(&mut self, name: &str, value: String, origin: &str) -> Result<(), SettingsError> {
        let key = keys::find(name).ok_or_else(|| unknown(origin, name))?;
        let origin = origin.to_owned();
        self.found.insert(key.name, Found { value, origin });
        Ok(())
    }

    fn read<T>(
        &self,
        name: &'static str,
        accept: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, SettingsError> {
        let (Some(found), Some(key)) = (self.found.get(name), keys::find(name)) else {
            return Ok(None);
        };
        accept(&found.value).map(Some).ok_or_else(|| refused(key, found))
    }

    fn parse<T: FromStr>(
        &self,
        name: &'static str,
        good: impl Fn(&T) -> bool,
    ) -> Result<Option<T>, SettingsError> {
        self.read(name, |text| text.trim().parse().ok().filter(&good))
    }

    fn word(&self, name: &'static str) -> Result<Option<String>, SettingsError> {
        self.read(name, |text| {
            (!text.trim().is_empty()).then(|| text.trim().to_owned())
        })
    }

    /// Reads all keys.
    pub fn settings(&self) -> Result<Settings, SettingsError> {
        let url = self.read("database.url", |text| {
            (text.starts_with("postgres://") || text.starts_with("postgresql://")).then(|| text.to_owned())
        })?;
        let listen = self.parse("server.listen", |_: &SocketAddr| true)?;
        Ok(Settings {
            database: DatabaseSettings {
                url,
                folder: self.word("database.folder")?.map(PathBuf::from),
                name: self
                    .word("database.name")?
                    .unwrap_or_else(|| "relance".to_owned()),
                max_connections: self
                    .parse("database.max_connections", |n| (2..=1000).contains(n))?
                    .unwrap_or(16),
            },
            server: ServerSettings {
                listen: listen.unwrap_or(SocketAddr::from(([127, 0, 0, 1], 8080))),
                public_url: self.read("server.public_url", |text| {
                    (text.starts_with("http://") || text.starts_with("https://"))
                        .then(|| text.trim_end_matches('/').to_owned())
                })?,
            },
            rules_folder: self.word("rules.folder")?.map(PathBuf::from),
            smtp: self.smtp()?,
            webhooks: self.webhooks.settings()?,
            workers: self
                .parse("engine.workers", |n| (1..=64).contains(n))?
                .unwrap_or(2),
            sending: Sending {
                undo: TimeDelta::minutes(
                    self.parse("engine.undo_minutes", |n| (0..=1440).contains(n))?
                        .unwrap_or(0),
                ),
                breaker: self.breaker()?,
            },
            log: LogSettings {
                level: self.word("log.level")?,
                json: self
                    .read("log.format", |text| match text {
                        "text" => Some(false),
                        "json" => Some(true),
                        _ => None,
                    })?
                    .unwrap_or(false),
            },
        })
    }

    fn breaker(&self) -> Result<Option<Breaker>, SettingsError> {
        let factor = self.parse("engine.breaker_factor", |n| (0..=1000).contains(n))?;
        let least = self.parse("engine.breaker_least", |n| (1..=1_000_000).contains(n))?;
        let (factor, least) = (factor.unwrap_or(5), least.unwrap_or(200));
        Ok((factor > 0).then_some(Breaker { factor, least }))
    }

    fn smtp(&self) -> Result<SmtpSettings, SettingsError> {
        let tls = self.read("smtp.tls", |text| match text {
            "none" => Some(Tls::None),
            "start_tls" | "starttls" => Some(Tls::StartTls),
            "tls" => Some(Tls::Tls),
            _ => None,
        })?;
        let seconds = self.parse("smtp.timeout_seconds", |n| (1..=600).contains(n))?;
        Ok(SmtpSettings {
            host: self.word("smtp.host")?.unwrap_or_else(|| "127.0.0.1".to_owned()),
            port: self.parse("smtp.port", |n: &u16| *n > 0)?.unwrap_or(25),
            tls: tls.unwrap_or_default(),
            user: self.word("smtp.user")?,
            password: self.word("smtp.password")?,
            timeout: Duration::from_secs(seconds.unwrap_or(20)),
            pool: self.parse("smtp.pool", |n| (1..=100).contains(n))?.unwrap_or(4),
            helo: self.word("smtp.helo")?,
            in_doubt: self.read("smtp.in_doubt", InDoubt::read)?.unwrap_or_default(),
            limits: MailLimits {
                all: self.read("smtp.limit", Rate::read)?,
                domains: self
                    .read("smtp.limit_by_domain", Domains::read)?
                    .unwrap_or_default(),
            },
        })
    }
}

fn plain(value: &toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn refused(key: &'static Key, found: &Found) -> SettingsError {
    let secret = key.name == "smtp.password" || key.name == "database.url";
    SettingsError::Value {
        origin: found.origin.clone(),
        key: key.name,
        value: if secret {
            "…".to_owned()
        } else {
            found.value.clone()
        },
        write: key.write,
    }
}

/// An unknown key, with what its section has, or which sections there are.
fn unknown(origin: &str, name: &str) -> SettingsError {
    if origin == "environment" {
        let all: Vec<String> = KEYS.iter().map(Key::variable).collect();
        return SettingsError::UnknownKey {
            origin: origin.to_owned(),
            key: name.to_owned(),
            instead: format!("there are {}", all.join(", ")),
        };
    }
    let section = name.split('.').next().unwrap_or_default();
    let mut there: Vec<&str> = KEYS
        .iter()
        .filter(|key| key.name.split('.').next() == Some(section))
        .map(|key| key.name)
        .collect();
    let instead = if there.is_empty() {
        there = KEYS.iter().filter_map(|key| key.name.split('.').next()).collect();
        there.dedup();
        there.push(webhooks::SECTION);
        format!("the sections are {}", there.join(", "))
    } else {
        format!("section [{section}] has {}", there.join(", "))
    };
    SettingsError::UnknownKey {
        origin: origin.to_owned(),
        key: name.to_owned(),
        instead,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_text(text: &str) -> Result<Settings, SettingsError> {
        let mut sources = Sources::default();
        sources.text(Path::new("relance.toml"), text)?;
        sources.settings()
    }

    #[test]
    fn without_any_source_the_defaults_hold() {
        let settings = Sources::default().settings().unwrap();
        assert_eq!(settings.server.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(settings.database.url, None);
        assert!(!settings.server.secure_cookies());
    }

    #[test]
    fn flags_win_over_the_environment_and_the_environment_over_the_file() {
        let mut sources = Sources::default();
        sources
            .text(
                Path::new("r.toml"),
                "[engine]\nworkers = 3\n[smtp]\nport = 2500\nhost = \"a\"",
            )
            .unwrap();
        let env = [
            ("RELANCE_SMTP_HOST", "b"),
            ("RELANCE_SMTP_PORT", "2600"),
            ("HOME", "/"),
        ];
        sources
            .environment(env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
            .unwrap();
        sources
            .flag("smtp.port", "--smtp-port", Some("2700".to_owned()))
            .unwrap();
        let settings = sources.settings().unwrap();
        assert_eq!(settings.workers, 3);
        assert_eq!(settings.smtp.host, "b");
        assert_eq!(settings.smtp.port, 2700);
    }

    #[test]
    fn relance_database_url_wins_over_database_url() {
        let mut sources = Sources::default();
        let env = [
            ("RELANCE_DATABASE_URL", "postgres://a/b"),
            ("DATABASE_URL", "postgres://c/d"),
        ];
        sources
            .environment(env.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
            .unwrap();
        assert_eq!(
            sources.settings().unwrap().database.url.as_deref(),
            Some("postgres://a/b")
        );
    }

    #[test]
    fn a_bad_value_names_the_key_and_what_to_write() {
        let error = of_text("[server]\nlisten = \"localhost\"").unwrap_err();
        assert_eq!(
            error.to_string(),
            "relance.toml: `server.listen` is `localhost`; write an address and a port such as \"127.0.0.1:8080\""
        );
    }

    #[test]
    fn messages_wait_for_as_many_minutes_as_are_set_and_for_a_day_at_most() {
        assert_eq!(of_text("").unwrap().sending.undo, TimeDelta::zero());
        let set = of_text("[engine]\nundo_minutes = 15").unwrap();
        assert_eq!(set.sending.undo, TimeDelta::minutes(15));
        for bad in ["-1", "1441", "\"soon\""] {
            let error = of_text(&format!("[engine]\nundo_minutes = {bad}")).unwrap_err();
            let write = "write a number from 0 to 1440";
            assert!(error.to_string().ends_with(write), "{error}");
        }
    }

    #[test]
    fn the_breaker_is_on_unless_its_factor_is_nothing() {
        let breaker = |text: &str| of_text(&format!("[engine]\n{text}")).unwrap().sending.breaker;
        assert_eq!(
            breaker(""),
            Some(Breaker {
                factor: 5,
                least: 200
            })
        );
        let set = breaker("breaker_factor = 2\nbreaker_least = 50");
        assert_eq!(set, Some(Breaker { factor: 2, least: 50 }));
        assert_eq!(breaker("breaker_factor = 0"), None);
        for (bad, write) in [
            ("breaker_factor = -1", "write a number from 0 to 1000"),
            ("breaker_factor = 2.5", "write a number from 0 to 1000"),
            ("breaker_least = 0", "write a number from 1 to 1000000"),
        ] {
            let error = of_text(&format!("[engine]\n{bad}")).unwrap_err().to_string();
            assert!(error.contains(write), "{error}");
        }
    }

    #[test]
    fn what_becomes_of_a_mail_in_doubt_is_asked_unless_it_is_set() {
        assert_eq!(of_text("").unwrap().smtp.in_doubt, InDoubt::Ask);
        for (word, is) in [
            ("ask", InDoubt::Ask),
            ("resend", InDoubt::Resend),
            ("drop", InDoubt::Drop),
        ] {
            let set = of_text(&format!("[smtp]\nin_doubt = \"{word}\"")).unwrap();
            assert_eq!(set.smtp.in_doubt, is);
        }
        let error = of_text("[smtp]\nin_doubt = \"retry\"").unwrap_err().to_string();
        assert!(
            error.ends_with("write \"ask\", \"resend\" or \"drop\""),
            "{error}"
        );
    }

    #[test]
    fn mail_is_limited_as_a_whole_and_by_domain() {
        let limits =
            of_text("[smtp]\nlimit = \"600 per hour\"\nlimit_by_domain = \"orange.fr 100 per hour\"")
                .unwrap()
                .smtp
                .limits;
        assert_eq!(limits.all, Rate::read("600 per hour"));
        assert_eq!(limits.domains.of("orange.fr"), Rate::read("100 per hour"));
        assert_eq!(limits.domains.of("free.fr"), None);
        for (bad, write) in [
            (
                "limit = 600",
                "`smtp.limit` is `600`; write a rate such as \"600 per hour\"",
            ),
            (
                "limit_by_domain = \"orange.fr\"",
                "`smtp.limit_by_domain` is `orange.fr`; write domains, each once with its rate, such as \"orange.fr 100 per hour, *",
            ),
        ] {
            let error = of_text(&format!("[smtp]\n{bad}")).unwrap_err().to_string();
            assert!(error.contains(write), "{error}");
        }
    }

    #[test]
    fn an_unknown_key_names_what_its_section_has() {
        let error = of_text("[rules]\nfoldr = \"x\"").unwrap_err();
        assert_eq!(
            error.to_string(),
            "relance.toml: there is no setting `rules.foldr`; section [rules] has rules.folder"
        );
    }

    #[test]
    fn a_refused_database_address_is_not_shown() {
        let error = of_text("[database]\nurl = \"mysql://u:secret@h/d\"").unwrap_err();
        assert!(!error.to_string().contains("secret"));
    }

    #[test]
    fn https_makes_cookies_secure() {
        let settings = of_text("[server]\npublic_url = \"https://relance.example/\"").unwrap();
        assert!(settings.server.secure_cookies());
        assert_eq!(
            settings.server.public_url.as_deref(),
            Some("https://relance.example")
        );
    }
}

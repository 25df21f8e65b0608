//! Addresses that messages are posted to: `[webhooks.<name>]`, where the name is that of the rules: `medium x = webhook "<name>"`.
//! In the environment `RELANCE_WEBHOOK_<NAME>_URL` and so on, where `-`, `.` and blanks of the name are `_`.

use std::collections::BTreeMap;
use std::time::Duration;

use relance_engine::limits::Rate;
use relance_engine::media::webhook::{Address, WebhookSettings};
use relance_engine::sending::InDoubt;

use super::SettingsError;
use super::plain;

/// The section.
pub const SECTION: &str = "webhooks";

/// What begins a variable.
const PREFIX: &str = "RELANCE_WEBHOOK_";

/// Shortest secret, in letters: it must not be guessed.
const SHORTEST_SECRET: usize = 16;

/// What may be set of an address; and what is to be written.
const KEYS: [(&str, &str); 7] = [
    ("url", "an address such as \"https://gateway.example/messages\""),
    (
        "secret",
        "at least 16 letters that only the receiver knows; better in the environment than in the file",
    ),
    (
        "authorization",
        "what the receiver wants as `Authorization`, such as \"Bearer ...\"",
    ),
    ("idempotent", "true or false"),
    (
        "in_doubt",
        "\"ask\", \"resend\" or \"drop\", and not beside `idempotent = true`, which always sends again",
    ),
    (
        "limit",
        "a rate such as \"60 per minute\" (per minute, hour or day)",
    ),
    ("timeout_seconds", "a number from 1 to 120"),
];

/// For `--help`: each key with its meaning and its variable.
pub fn reference() -> impl Iterator<Item = (String, &'static str, String)> {
    KEYS.iter().map(|(key, write)| {
        let variable = format!("{PREFIX}<NAME>_{}", key.to_uppercase());
        (format!("{SECTION}.<name>.{key}"), *write, variable)
    })
}

/// What was set of each address, as it was found.
#[derive(Debug, Default)]
pub struct Webhooks(BTreeMap<String, Set>);

#[derive(Debug, Default)]
struct Set {
    origin: String,
    values: BTreeMap<&'static str, String>,
}

impl Webhooks {
    /// Takes the section of a file.
    pub fn table(&mut self, entries: toml::Table, origin: &str) -> Result<(), SettingsError> {
        for (name, value) in entries {
            let toml::Value::Table(entries) = value else {
                let problem = format!("write a section [webhooks.{name}] with {}", all_keys());
                return Err(wrong(origin, &name, problem));
            };
            for (key, value) in entries {
                self.set(&name, &key, plain(&value), origin)?;
            }
        }
        Ok(())
    }

    /// Takes a variable; whether it is one of these.
    pub fn variable(&mut self, variable: &str, value: &str) -> Result<bool, SettingsError> {
        let Some(rest) = variable.strip_prefix(PREFIX) else {
            return Ok(false);
        };
        let found = KEYS.iter().find_map(|(key, _)| {
            let name = rest.strip_suffix(&format!("_{}", key.to_uppercase()))?;
            (!name.is_empty()).then_some((name, *key))
        });
        let Some((name, key)) = found else {
            let problem = format!(
                "write {PREFIX}<NAME>_<KEY>, where the key is one of {}",
                all_keys()
            );
            return Err(wrong(variable, rest, problem));
        };
        // A name that the file has is written there as the rules write it.
        let same = |known: &&String| as_variable(known) == name;
        let name = self
            .0
            .keys()
            .find(same)
            .cloned()
            .unwrap_or_else(|| name.to_lowercase());
        self.set(&name, key, value.to_owned(), variable)?;
        Ok(true)
    }

    fn set(&mut self, name: &str, key: &str, value: String, origin: &str) -> Result<(), SettingsError> {
        let Some((key, _)) = KEYS.iter().find(|(known, _)| *known == key) else {
            let problem = format!("there is no setting `{key}`; there are {}", all_keys());
            return Err(wrong(origin, name, problem));
        };
        let set = self.0.entry(name.to_owned()).or_default();
        if set.origin.is_empty() {
            set.origin = origin.to_owned();
        }
        set.values.insert(key, value);
        Ok(())
    }

    /// Reads all of them.
    pub fn settings(&self) -> Result<BTreeMap<String, WebhookSettings>, SettingsError> {
        self.0
            .iter()
            .map(|(name, set)| Ok((name.clone(), set.read(name)?)))
            .collect()
    }
}

impl Set {
    fn read(&self, name: &str) -> Result<WebhookSettings, SettingsError> {
        let value = |key| {
            self.values
                .get(key)
                .map(|value| value.trim())
                .filter(|v| !v.is_empty())
        };
        let bad = |key: &str| {
            let write = KEYS
                .iter()
                .find(|(known, _)| *known == key)
                .map_or("", |(_, write)| write);
            wrong(&self.origin, name, format!("`{key}`: write {write}"))
        };
        let address: Address = value("url")
            .and_then(|url| url.parse().ok())
            .ok_or_else(|| bad("url"))?;
        let secret = value("secret").filter(|secret| secret.chars().count() >= SHORTEST_SECRET);
        let authorization = value("authorization");
        if authorization.is_some_and(|text| text.chars().any(char::is_control)) {
            return Err(bad("authorization"));
        }
        let seconds: u64 = match value("timeout_seconds") {
            None => 20,
            Some(text) => text
                .parse()
                .ok()
                .filter(|seconds| (1..=120).contains(seconds))
                .ok_or_else(|| bad("timeout_seconds"))?,
        };
        let idempotent = match value("idempotent") {
            None | Some("false") => false,
            Some("true") => true,
            Some(_) => return Err(bad("idempotent")),
        };
        let in_doubt = match value("in_doubt") {
            None => InDoubt::Ask,
            // A receiver that carries out once what comes twice leaves no doubt to be settled.
            Some(_) if idempotent => return Err(bad("in_doubt")),
            Some(word) => InDoubt::read(word).ok_or_else(|| bad("in_doubt"))?,
        };
        Ok(WebhookSettings {
            address,
            secret: secret.ok_or_else(|| bad("secret"))?.to_owned(),
            authorization: authorization.map(str::to_owned),
            idempotent,
            in_doubt,
            limit: match value("limit") {
                None => None,
                Some(text) => Some(Rate::read(text).ok_or_else(|| bad("limit"))?),
            },
            timeout: Duration::from_secs(seconds),
        })
    }
}

fn as_variable(name: &str) -> String {
    let letter = |c: char| {
        if c.is_ascii_alphanumeric() {
            c.to_ascii_uppercase()
        } else {
            '_'
        }
    };
    name.chars().map(letter).collect()
}

fn all_keys() -> String {
    KEYS.map(|(key, _)| key).join(", ")
}

fn wrong(origin: &str, name: &str, problem: String) -> SettingsError {
    SettingsError::Webhook {
        origin: origin.to_owned(),
        name: name.to_owned(),
        problem,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Sources;
    use super::*;
    use std::path::Path;

    fn read(text: &str, variables: &[(&str, &str)]) -> Result<BTreeMap<String, WebhookSettings>, String> {
        let mut sources = Sources::default();
        let variables = variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned()));
        sources
            .text(Path::new("relance.toml"), text)
            .and_then(|()| sources.environment(variables))
            .and_then(|()| sources.settings())
            .map(|settings| settings.webhooks)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn an_address_comes_from_the_file_and_its_secret_from_the_environment() {
        let file = "[webhooks.\"text-gate\"]\nurl = \"https://gate.example/v1\"\nidempotent = true";
        let secret = [("RELANCE_WEBHOOK_TEXT_GATE_SECRET", "0123456789abcdef")];
        let webhooks = read(file, &secret).unwrap();
        let gate = &webhooks["text-gate"];
        assert_eq!(gate.address.to_string(), "https://gate.example/v1");
        assert_eq!(gate.secret, "0123456789abcdef");
        assert!(gate.idempotent);
        assert_eq!(gate.timeout, Duration::from_secs(20));
        assert!(!format!("{gate:?}").contains("0123456789abcdef"));
    }

    #[test]
    fn an_address_may_stand_in_the_environment_alone() {
        let variables = [
            ("RELANCE_WEBHOOK_WHATSAPP_URL", "http://127.0.0.1:9/x"),
            ("RELANCE_WEBHOOK_WHATSAPP_SECRET", "0123456789abcdef"),
            ("RELANCE_WEBHOOK_WHATSAPP_TIMEOUT_SECONDS", "5"),
        ];
        let webhooks = read("", &variables).unwrap();
        assert_eq!(webhooks["whatsapp"].timeout, Duration::from_secs(5));
    }

    #[test]
    fn what_cannot_serve_is_told_with_the_name_and_what_to_write_and_without_the_secret() {
        let section = |more: &str| format!("[webhooks.w]\nurl = \"https://g.example\"\n{more}");
        let secret = "secret = \"0123456789abcdef\"\n";
        for (text, says) in [
            (section(""), "`webhooks.w`: `secret`: write at least 16 letters"),
            (section("secret = \"hush\""), "write at least 16 letters"),
            (
                "[webhooks.w]\nsecret = \"0123456789abcdef\"".to_owned(),
                "`url`: write an address such as",
            ),
            (
                section(&format!("{secret}timeout_seconds = 0")),
                "write a number from 1 to 120",
            ),
            (
                section(&format!("{secret}idempotent = \"maybe\"")),
                "write true or false",
            ),
            (
                section(&format!("{secret}in_doubt = \"perhaps\"")),
                "write \"ask\", \"resend\" or \"drop\"",
            ),
            (
                section(&format!("{secret}idempotent = true\nin_doubt = \"drop\"")),
                "not beside `idempotent = true`",
            ),
            (
                section(&format!("{secret}limit = \"much\"")),
                "`limit`: write a rate such as \"60 per minute\"",
            ),
            (
                section("sekret = \"x\""),
                "there is no setting `sekret`; there are url, secret",
            ),
            (
                "[webhooks]\nw = \"https://g.example\"".to_owned(),
                "write a section [webhooks.w]",
            ),
        ] {
            let error = read(&text, &[]).unwrap_err();
            assert!(error.contains(says), "{text}: {error}");
            assert!(!error.contains("hush"), "{error}");
        }
        let error = read("", &[("RELANCE_WEBHOOK_W", "x")]).unwrap_err();
        assert!(error.contains("RELANCE_WEBHOOK_<NAME>_<KEY>"), "{error}");
    }
}

//! What can be wrong with the settings, in words that name the key.

use std::path::PathBuf;

/// Why the settings cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The file cannot be read.
    #[error("the settings file {path} cannot be read: {source}")]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML.
    #[error("the settings file {path} is not TOML: {problem}")]
    Syntax {
        /// Which.
        path: PathBuf,
        /// Where and why.
        problem: String,
    },
    /// There is no such key.
    #[error("{origin}: there is no setting `{key}`; {instead}")]
    UnknownKey {
        /// File or variable.
        origin: String,
        /// As written.
        key: String,
        /// What there is.
        instead: String,
    },
    /// An address that messages are posted to cannot serve.
    #[error("{origin}: `webhooks.{name}`: {problem}")]
    Webhook {
        /// File or variable.
        origin: String,
        /// Which.
        name: String,
        /// What is wrong and what to write.
        problem: String,
    },
    /// The value cannot serve.
    #[error("{origin}: `{key}` is `{value}`; write {write}")]
    Value {
        /// File, variable or flag.
        origin: String,
        /// Which key.
        key: &'static str,
        /// As written.
        value: String,
        /// What may be written.
        write: &'static str,
    },
}

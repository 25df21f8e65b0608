//! Why the store could not do what was asked.

use relance_rules::dsl::lang::Text;

/// The one error of the store.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("the database did not do what it was asked")]
    Database(#[from] sqlx::Error),
    /// There is no such thing in this company.
    #[error("there is no {what} {key}")]
    NotFound {
        /// Kind of thing, as `invoice`.
        what: &'static str,
        /// Its number or id.
        key: String,
    },
    /// It cannot be done as things stand.
    #[error("{what} {key}: {}", why.en)]
    Conflict {
        /// Kind of thing, as `invoice`.
        what: &'static str,
        /// Its number or id.
        key: String,
        /// Why not, and what to do instead.
        why: Text,
    },
    /// The database holds a value that this version cannot read.
    #[error("the database holds `{value}` as {what}, which this version of relance cannot read")]
    Unreadable {
        /// What it should be.
        what: &'static str,
        /// The value.
        value: String,
    },
}

impl StoreError {
    /// A [`StoreError::NotFound`].
    pub fn not_found(what: &'static str, key: impl std::fmt::Display) -> Self {
        Self::NotFound {
            what,
            key: key.to_string(),
        }
    }

    /// A [`StoreError::Conflict`].
    pub fn conflict(what: &'static str, key: impl std::fmt::Display, why: Text) -> Self {
        Self::Conflict {
            what,
            key: key.to_string(),
            why,
        }
    }

    /// What is said of it to people, in both languages.
    pub fn told(&self) -> Text {
        let en = self.to_string();
        let fr = match self {
            Self::Conflict { what, key, why } => format!("{} {key}\u{A0}: {}", french(what), why.fr),
            Self::NotFound { what, key } => format!("il n'y a pas de {} {key}", french(what)),
            Self::Database(_) => "la base de données n'a pas fait ce qui lui était demandé".to_owned(),
            Self::Unreadable { value, .. } => {
                format!(
                    "la base de données contient `{value}`, que cette version de relance ne sait pas lire"
                )
            }
        };
        Text::new(en, fr)
    }

    /// A [`StoreError::Unreadable`].
    pub fn unreadable(what: &'static str, value: impl Into<String>) -> Self {
        Self::Unreadable {
            what,
            value: value.into(),
        }
    }

    /// Whether the same call may go through if it is made again: lost connections, a full pool, deadlocks and
    /// serialisation failures, a lock that somebody held for too long, a server that shuts down or starts up.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Database(error) => is_temporary(error),
            Self::NotFound { .. } | Self::Conflict { .. } | Self::Unreadable { .. } => false,
        }
    }
}

fn is_temporary(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(refusal) => refusal.code().is_some_and(|code| {
            // Connection exceptions, transaction rollback, insufficient resources, a lock not available, operator intervention.
            ["08", "40", "53", "55P03", "57P"]
                .iter()
                .any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}

/// A kind of thing in French.
fn french(what: &str) -> &str {
    match what {
        "company" => "société",
        "contact" => "contact",
        "credit note" => "avoir",
        "customer" => "client",
        "dispute" => "litige",
        "hold" => "suspension",
        "invoice" => "facture",
        "message" => "message",
        "payment" => "paiement",
        "payment plan" => "échéancier",
        "payment plan for" => "échéancier de",
        "promise" => "promesse",
        "rate of" => "cours de",
        "task" => "tâche",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use relance_rules::dsl::text;

    #[test]
    fn a_refusal_is_told_in_both_languages() {
        let refused = StoreError::conflict(
            "payment plan",
            7,
            text!("it has ended already", "il est déjà terminé"),
        );
        assert_eq!(refused.to_string(), "payment plan 7: it has ended already");
        assert_eq!(refused.told().fr, "échéancier 7\u{A0}: il est déjà terminé");
        assert_eq!(
            StoreError::not_found("task", 3).told().fr,
            "il n'y a pas de tâche 3"
        );
    }
}

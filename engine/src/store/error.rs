//! Why the store could not do what was asked.

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
    #[error("{what} {key}: {why}")]
    Conflict {
        /// Kind of thing, as `invoice`.
        what: &'static str,
        /// Its number or id.
        key: String,
        /// Why not, and what to do instead.
        why: String,
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
    pub fn conflict(what: &'static str, key: impl std::fmt::Display, why: impl Into<String>) -> Self {
        Self::Conflict {
            what,
            key: key.to_string(),
            why: why.into(),
        }
    }

    /// A [`StoreError::Unreadable`].
    pub fn unreadable(what: &'static str, value: impl Into<String>) -> Self {
        Self::Unreadable {
            what,
            value: value.into(),
        }
    }

    /// Whether the same call may go through if it is made again: lost connections, a full pool, deadlocks and
    /// serialisation failures, a server that shuts down or starts up.
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
            // Classes: connection exception, transaction rollback, insufficient resources, operator intervention.
            ["08", "40", "53", "57P"]
                .iter()
                .any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}

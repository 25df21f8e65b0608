//! The rules in force: kept in the store as revisions, read from a folder, switched at once for the whole process.
//!
//! The store is the truth: each process loads what is in force there, and sees before each pass whether it has changed.

mod changes;
mod folder;
mod put_in_force;
mod rejection;
mod watch;

use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use relance_rules::dsl::diagnostic::{PlacedDiagnostic, Severity};
use relance_rules::rulebook::{Built, Files, Mended, Parsed, Rulebook, Ways, build_again};
use sqlx::{PgConnection, PgPool};

use crate::store::{StoreError, revisions};

pub use changes::{Changes, WatchError};
pub use folder::{FolderError, read_folder};
pub use put_in_force::{PutInForce, put_in_force};
pub use watch::{WatchHandle, watch};

/// Why rules could not be read or put in force.
#[derive(Debug, thiserror::Error)]
pub enum RulebookError {
    /// The store did not do what was asked.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Reading the rules broke off: a mistake in this program.
    #[error("reading the rules broke off; this is a mistake in relance, please report it")]
    BrokeOff(#[source] tokio::task::JoinError),
}

impl From<sqlx::Error> for RulebookError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

impl RulebookError {
    /// Whether trying again may help.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Store(error) => error.is_temporary(),
            Self::BrokeOff(_) => false,
        }
    }
}

/// A revision of the rules as it serves in this process.
#[derive(Debug, Clone)]
pub struct InForce {
    /// Its number in the store.
    pub revision: i64,
    /// The rules.
    pub rulebook: Arc<Rulebook>,
    /// When it was put in force.
    pub since: DateTime<Utc>,
    /// By whom: a login, `folder`, `demo`.
    pub by: String,
}

/// The last change that was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejection {
    /// When.
    pub at: DateTime<Utc>,
    /// What is wrong with it.
    pub diagnostics: Vec<PlacedDiagnostic>,
}

/// How the rules stand.
#[derive(Debug, Clone, Default)]
pub struct Status {
    /// The folder that is watched.
    pub folder: Option<PathBuf>,
    /// What is in force.
    pub in_force: Option<Arc<InForce>>,
    /// The last change that was refused, until a good one comes.
    pub rejection: Option<Rejection>,
}

/// The rules in force in this process. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Rulebooks(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    status: RwLock<Status>,
    /// The rule files that were read last, whatever became of them: the next ones are mostly the same.
    parsed: Mutex<Parsed>,
    /// What can leave by itself from here.
    ways: Ways,
    /// A revision that this version of the program refuses: it is not read again and again. 0: none.
    unusable: AtomicI64,
}

impl Rulebooks {
    /// Reads the revision in force from the store, if there is one, and the last refusal.
    ///
    /// A revision that this version of the program refuses (it was put in force by an older one) is not in force here; the
    /// reasons are in [`Status::rejection`].
    ///
    /// `ways` says what can leave by itself from here: of what cannot, messages become work for people.
    pub async fn load(pool: &PgPool, ways: Ways) -> Result<Self, RulebookError> {
        let rulebooks = Self::new(ways);
        rulebooks.refresh(pool).await?;
        Ok(rulebooks)
    }

    /// Before anything is known of what is in force.
    pub fn new(ways: Ways) -> Self {
        Self(Arc::new(Shared {
            ways,
            ..Shared::default()
        }))
    }

    /// What is in force; none before the first rulebook.
    pub fn current(&self) -> Option<Arc<InForce>> {
        self.0
            .status
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .in_force
            .clone()
    }

    /// The revision that is in force in the store, when this version of the program refuses it.
    pub fn unusable(&self) -> Option<i64> {
        let revision = self.0.unusable.load(Ordering::SeqCst);
        let current = self.current().map_or(0, |in_force| in_force.revision);
        (revision > current).then_some(revision)
    }

    /// How the rules stand.
    pub fn status(&self) -> Status {
        self.0
            .status
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Takes over what another process has put in force or refused since.
    pub async fn refresh(&self, pool: &PgPool) -> Result<(), RulebookError> {
        let mut connection = pool.acquire().await?;
        self.refresh_on(&mut connection).await
    }

    /// [`Rulebooks::refresh`] on a connection that the caller has.
    pub(crate) async fn refresh_on(&self, connection: &mut PgConnection) -> Result<(), RulebookError> {
        let (revision, refused) = revisions::signature(&mut *connection).await?;
        let status = self.status();
        if status.rejection.as_ref().map(|rejection| rejection.at) != refused {
            let stored = revisions::rejection(&mut *connection).await?;
            let rejection = stored.map(|stored| rejection::read(&stored));
            self.change(|status| status.rejection = rejection);
        }
        let known = status.in_force.as_ref().map(|in_force| in_force.revision) == revision;
        if known || revision == Some(self.0.unusable.load(Ordering::SeqCst)) {
            return Ok(());
        }
        let Some(stored) = revisions::in_force(&mut *connection).await? else {
            self.change(|status| status.in_force = None);
            return Ok(());
        };
        let built = self.build(Files(stored.files)).await?;
        match built.rulebook {
            Some(rulebook) => {
                let next = InForce {
                    revision: stored.id,
                    rulebook,
                    since: stored.since,
                    by: stored.by,
                };
                self.switch(next);
            }
            None => {
                let diagnostics = built
                    .diagnostics
                    .iter()
                    .map(|d| d.placed(&built.sources, None))
                    .collect();
                self.0.unusable.store(stored.id, Ordering::SeqCst);
                tracing::error!(
                    revision = stored.id,
                    "the rules in force cannot be used by this version of relance"
                );
                self.change(|status| {
                    status.rejection = Some(Rejection {
                        at: stored.since,
                        diagnostics,
                    })
                });
            }
        }
        Ok(())
    }

    /// [`check`] beside the work of the runtime: a large rulebook takes its time.
    async fn build(&self, files: Files) -> Result<Built, RulebookError> {
        let parsed = || self.0.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let before = parsed().clone();
        let built = tokio::task::spawn_blocking(move || check_again(&before, &files))
            .await
            .map_err(RulebookError::BrokeOff)?;
        *parsed() = built.parsed.clone();
        let here =
            |rulebook: Arc<Rulebook>| Arc::new(Arc::unwrap_or_clone(rulebook).with_ways(self.0.ways.clone()));
        Ok(Built {
            rulebook: built.rulebook.map(here),
            ..built
        })
    }

    /// One switch for the whole process. A newer revision is never replaced by an older one.
    fn switch(&self, next: InForce) {
        self.change(|status| {
            if status
                .in_force
                .as_ref()
                .is_none_or(|current| current.revision < next.revision)
            {
                tracing::info!(revision = next.revision, by = %next.by, "new rules are in force");
                tell_missing_ways(&next.rulebook);
                status.in_force = Some(Arc::new(next));
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Status)) {
        change(&mut self.0.status.write().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Says for which media the settings have no address.
fn tell_missing_ways(rulebook: &Rulebook) {
    for medium in rulebook.without_way() {
        let (medium, webhook) = (&medium.name.name, &medium.webhook);
        tracing::warn!(
            %medium,
            %webhook,
            "the settings have no address for this webhook: a person is asked to send its messages"
        );
    }
}

/// Reads and checks a whole rulebook, its templates included: what `put_in_force` does before it writes anything.
pub fn check(files: &Files) -> Built {
    check_again(&Parsed::default(), files)
}

/// [`check`] after another rulebook was checked: files that are the same are not read again.
fn check_again(before: &Parsed, files: &Files) -> Built {
    let mut built = build_again(before, files);
    if let Some(rulebook) = &built.rulebook {
        let checked = crate::message::check(rulebook);
        built.sources = checked.sources;
        built.diagnostics.extend(checked.diagnostics);
        if built.diagnostics.iter().any(|d| d.severity == Severity::Error) {
            built.rulebook = None;
        }
    }
    built
}

/// Makes the fixes that the check of a whole rulebook proposes, and tells what is left.
pub fn mend(files: &Files) -> Mended {
    relance_rules::rulebook::mend(files, check)
}

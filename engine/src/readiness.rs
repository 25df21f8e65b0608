//! Whether this process can do its work now: what load balancers and supervisors ask.

use std::time::Duration;

use relance_rules::dsl::lang::Text;
use relance_rules::dsl::text;

use crate::db;
use crate::engine::Engine;

/// How long the database may take to answer: those who ask have little patience of their own.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Why this process cannot do its work.
#[derive(Debug, thiserror::Error)]
pub enum Unready {
    /// The database gave no answer within [`PATIENCE`]; nor had the pool a free connection, perhaps.
    #[error("the database did not answer within {} seconds", PATIENCE.as_secs())]
    Slow,
    /// The database refused, or cannot be reached.
    #[error("the database does not answer")]
    Database(#[source] sqlx::Error),
    /// The schema is not the one that this program was made for.
    #[error("the schema of the database is another one than this program's")]
    Schema(SchemaGap),
    /// The revision of the rules that is in force in the store is refused by this version of the program.
    #[error("revision {0} of the rules is in force and cannot be used by this version of relance")]
    Rules(i64),
}

/// How the schema differs from the program's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaGap {
    /// The first migration that was not carried out.
    Missing(i64),
    /// A migration that this program does not know: a later one has been here.
    Unknown(i64),
    /// A migration that was carried out with another text.
    Changed(i64),
}

impl Unready {
    /// What is wrong and what to do, for people.
    pub fn told(&self) -> Text {
        match self {
            Self::Slow => {
                let seconds = PATIENCE.as_secs();
                Text::new(
                    format!("the database did not answer within {seconds} seconds"),
                    format!("la base de données n'a pas répondu en {seconds} secondes"),
                )
            }
            Self::Database(_) => text!(
                "the database does not answer; the log says why",
                "la base de données ne répond pas\u{A0}; le journal dit pourquoi"
            ),
            Self::Schema(SchemaGap::Missing(number)) => Text::new(
                format!("the schema of the database lacks migration {number}: run `relance migrate`"),
                format!(
                    "il manque la migration {number} au schéma de la base de données\u{A0}: lancez `relance migrate`"
                ),
            ),
            Self::Schema(SchemaGap::Unknown(number)) => Text::new(
                format!(
                    "the schema of the database has migration {number} of a later version of relance: upgrade this program"
                ),
                format!(
                    "le schéma de la base de données a la migration {number} d'une version plus récente de relance\u{A0}: mettez ce programme à jour"
                ),
            ),
            Self::Schema(SchemaGap::Changed(number)) => Text::new(
                format!(
                    "migration {number} of the database was made by another build of relance: run that one here"
                ),
                format!(
                    "la migration {number} de la base de données vient d'un autre programme relance\u{A0}: lancez celui-là ici"
                ),
            ),
            Self::Rules(revision) => Text::new(
                format!(
                    "this version of relance cannot use revision {revision} of the rules, which is in force: mend it as the rules page says"
                ),
                format!(
                    "cette version de relance ne peut pas utiliser la révision {revision} des règles, qui est en vigueur\u{A0}: corrigez-la comme l'indique la page des règles"
                ),
            ),
        }
    }
}

/// Whether the database answers, has this program's schema, and no rules in force that this program refuses. Rules that are
/// still awaited are no hindrance: the pages are needed to put them in force.
pub async fn check(engine: &Engine) -> Result<(), Unready> {
    let gap = tokio::time::timeout(PATIENCE, db::schema_gap(&engine.pool))
        .await
        .map_err(|_elapsed| Unready::Slow)?
        .map_err(Unready::Database)?;
    if let Some(gap) = gap {
        return Err(Unready::Schema(gap));
    }
    match engine.rulebooks.unusable() {
        Some(revision) => Err(Unready::Rules(revision)),
        None => Ok(()),
    }
}

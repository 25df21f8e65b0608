//! Puts a rulebook in force: all of it at once, or nothing.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use relance_rules::dsl::diagnostic::{Diagnostic, PlacedDiagnostic};
use relance_rules::dsl::span::SourceMap;
use relance_rules::rulebook::Files;
use sha2::{Digest, Sha256};
use sqlx::PgPool;

use super::{InForce, Rejection, RulebookError, Rulebooks};
use crate::bell;
use crate::store::{accounts, revisions};

/// What became of a rulebook that was to be put in force.
#[derive(Debug, Clone)]
pub enum PutInForce {
    /// It is what is in force already.
    Unchanged,
    /// It is in force now, as this revision.
    New(i64),
    /// It has errors; what was in force stays.
    Rejected(Vec<Diagnostic>, Arc<SourceMap>),
}

/// Checks a rulebook and puts it in force, or stores why not.
///
/// In one transaction: the new revision, the end of the old one, and every account woken. Passes that are at work finish under the
/// old revision first.
pub async fn put_in_force(
    rulebooks: &Rulebooks,
    pool: &PgPool,
    files: &Files,
    by: &str,
    now: DateTime<Utc>,
) -> Result<PutInForce, RulebookError> {
    let built = rulebooks.build(files.clone()).await?;
    let Some(rulebook) = built.rulebook else {
        let placed: Vec<PlacedDiagnostic> = built
            .diagnostics
            .iter()
            .map(|d| d.placed(&built.sources, None))
            .collect();
        reject(rulebooks, pool, files, placed, now).await?;
        return Ok(PutInForce::Rejected(built.diagnostics, built.sources));
    };
    let mut transaction = pool.begin().await?;
    let put = revisions::put_in_force(&mut transaction, &rulebook.content_hash, &files.0, by, now).await?;
    revisions::clear_rejection(&mut transaction).await?;
    if put.is_some() {
        accounts::wake_all(&mut transaction, now).await?;
    }
    transaction.commit().await?;
    rulebooks.change(|status| status.rejection = None);
    match put {
        Some(revision) => {
            // Workers elsewhere see the new revision when they look next.
            if let Err(error) = bell::tell(pool).await {
                tracing::debug!(%error, "workers were not told of the new rules; they will see for themselves");
            }
            rulebooks.switch(InForce {
                revision,
                rulebook,
                since: now,
                by: by.to_owned(),
            });
            Ok(PutInForce::New(revision))
        }
        None => {
            rulebooks.refresh(pool).await?;
            Ok(PutInForce::Unchanged)
        }
    }
}

async fn reject(
    rulebooks: &Rulebooks,
    pool: &PgPool,
    files: &Files,
    diagnostics: Vec<PlacedDiagnostic>,
    at: DateTime<Utc>,
) -> Result<(), RulebookError> {
    for diagnostic in &diagnostics {
        let (place, code) = (&diagnostic.place, diagnostic.code);
        tracing::warn!(%place, code, "rules refused: {}", diagnostic.message);
    }
    let json = serde_json::to_value(&diagnostics).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    let mut connection = pool.acquire().await?;
    revisions::set_rejection(&mut connection, &hash(files), &json, at).await?;
    rulebooks.change(|status| status.rejection = Some(Rejection { at, diagnostics }));
    Ok(())
}

/// What tells one refused set of files from another.
fn hash(files: &Files) -> String {
    let mut sha = Sha256::new();
    for (path, text) in &files.0 {
        for part in [path, text] {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part);
        }
    }
    sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

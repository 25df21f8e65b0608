//! Planted mistakes for the fault campaign: each is a few replacements in the engine, applied to a copy of the sources.
//!
//! A file of `faults/mutants` begins with what the mistake is, in words; then, for each replacement, `=== path`, the text that stands
//! there once, `--- becomes`, and what stands there instead; `=== end` ends it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

/// Where they are kept.
const FOLDER: &str = "faults/mutants";

/// A planted mistake.
pub struct Mutant {
    /// Its short name.
    pub name: String,
    /// What it is, in words.
    pub what: String,
    replacements: Vec<Replacement>,
}

struct Replacement {
    path: PathBuf,
    stands: String,
    becomes: String,
}

/// All of them, by name.
pub fn all(root: &Path) -> Result<Vec<Mutant>> {
    let mut files: Vec<PathBuf> = fs::read_dir(root.join(FOLDER))?
        .map(|entry| Ok(entry?.path()))
        .collect::<Result<_>>()?;
    files.sort();
    files.iter().map(|file| read(file)).collect()
}

fn read(file: &Path) -> Result<Mutant> {
    let text = fs::read_to_string(file)?;
    let name = file
        .file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default();
    let mut parts = text.split("=== ");
    let what = parts.next().unwrap_or_default().trim().to_owned();
    let mut replacements = Vec::new();
    for part in parts.filter(|part| part.trim() != "end") {
        let (path, rest) = part.split_once('\n').context("a path and a line break")?;
        let (stands, becomes) = rest
            .split_once("\n--- becomes\n")
            .with_context(|| format!("{name}: `--- becomes` is missing"))?;
        replacements.push(Replacement {
            path: PathBuf::from(path),
            stands: stands.to_owned(),
            becomes: becomes.strip_suffix('\n').unwrap_or(becomes).to_owned(),
        });
    }
    if what.is_empty() || replacements.is_empty() {
        bail!("{name}: say what the mistake is, and what is replaced by what");
    }
    Ok(Mutant {
        name,
        what,
        replacements,
    })
}

impl Mutant {
    /// The files as they are with the mistake. An error when a text does not stand in its file exactly once.
    pub fn files(&self, root: &Path) -> Result<Vec<(PathBuf, String)>> {
        let mut files: Vec<(PathBuf, String)> = Vec::new();
        for replacement in &self.replacements {
            let place = match files.iter().position(|(path, _)| *path == replacement.path) {
                Some(place) => place,
                None => {
                    let text = fs::read_to_string(root.join(&replacement.path))
                        .with_context(|| format!("{}: {}", self.name, replacement.path.display()))?;
                    files.push((replacement.path.clone(), text));
                    files.len() - 1
                }
            };
            let (path, text) = &mut files[place];
            let times = text.matches(&replacement.stands).count();
            if times != 1 {
                bail!(
                    "{}: the text to be replaced stands {times} times in {}, not once:\n{}",
                    self.name,
                    path.display(),
                    replacement.stands
                );
            }
            *text = text.replace(&replacement.stands, &replacement.becomes);
        }
        Ok(files)
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::all;

    #[test]
    fn every_mutant_still_fits_the_engine() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let mutants = all(&root).expect("the mutants");
        assert!(mutants.len() >= 10, "{} mutants", mutants.len());
        for mutant in mutants {
            let files = mutant.files(&root).expect("the mutant fits");
            assert!(!files.is_empty(), "{}", mutant.name);
        }
    }
}

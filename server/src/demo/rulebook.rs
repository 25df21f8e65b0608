//! The demo's rulebook: `examples/atelier-lumiere`, carried in the binary and copied to a folder where it can be edited.

#![allow(
    clippy::disallowed_methods,
    reason = "the edge: writes the demo's rulebook to the user's folder"
)]

use std::io;
use std::path::{Path, PathBuf};

use relance_engine::embedded::{self, EmbeddedError};

macro_rules! example {
    ($($path:literal),* $(,)?) => {
        [$(($path, include_str!(concat!("../../../examples/atelier-lumiere/", $path)))),*]
    };
}

const FILES: [(&str, &str); 14] = example![
    "README.md",
    "segments.relance",
    "score.relance",
    "around.relance",
    "hooks/score.rhai",
    "scenarios/key_accounts.relance",
    "scenarios/small_accounts.relance",
    "scenarios/consumers.relance",
    "scenarios/export.relance",
    "scenarios/public_sector.relance",
    "scenarios/uk_trade.relance",
    "templates/thanks.fr.md",
    "templates/thanks.en.md",
    "tests/customers.relance",
];

/// Where the rulebook is copied to: beside the demo's database.
pub fn usual_folder(database: Option<&Path>) -> Result<PathBuf, EmbeddedError> {
    let beside = match database {
        Some(folder) => folder.to_owned(),
        None => embedded::usual_folder()?,
    };
    Ok(beside.join("demo-rules"))
}

/// Copies the rulebook into a folder. A folder that is there is left as it is, with what the user changed in it, unless it is
/// to be `fresh`: then it is replaced.
pub fn copy_to(folder: &Path, fresh: bool) -> io::Result<()> {
    if folder.exists() {
        if !fresh {
            return Ok(());
        }
        std::fs::remove_dir_all(folder)?;
    }
    // Written beside and renamed: whoever watches never sees half of it, and a crash leaves nothing that looks whole.
    let beside = folder.with_extension("new");
    if beside.exists() {
        std::fs::remove_dir_all(&beside)?;
    }
    for (path, text) in FILES {
        let target = beside.join(path);
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent)?;
        }
        std::fs::write(target, text)?;
    }
    std::fs::rename(beside, folder)
}

#[cfg(test)]
pub mod tests {
    use relance_engine::rules::rulebook::Files;

    use super::*;

    /// The rulebook as the binary carries it.
    pub(in crate::demo) fn carried() -> Files {
        let files = FILES
            .iter()
            .filter(|(path, _)| *path != "README.md")
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        Files(files)
    }

    #[test]
    fn the_rulebook_in_the_binary_has_no_problem() {
        let built = relance_engine::rules::rulebook::build(&carried());
        assert!(
            built.diagnostics.is_empty(),
            "{}",
            relance_engine::rules::dsl::diagnostic::render(&built.diagnostics, &built.sources, false, None)
        );
        assert!(built.rulebook.is_some());
    }

    #[test]
    fn every_file_of_the_example_is_carried() {
        let folder = Path::new(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../examples/atelier-lumiere"
        ));
        let mut found = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(next) = folders.pop() {
            for entry in std::fs::read_dir(next).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned());
                }
            }
        }
        let mut carried: Vec<_> = FILES.iter().map(|(path, _)| (*path).to_owned()).collect();
        found.sort();
        carried.sort();
        assert_eq!(found, carried);
    }

    #[test]
    fn what_the_user_changed_is_kept_unless_it_is_to_be_fresh() {
        let home = std::env::temp_dir().join(format!("relance-demo-rulebook-{}", std::process::id()));
        let folder = home.join("rulebook");
        std::fs::create_dir_all(&home).unwrap();
        copy_to(&folder, false).unwrap();
        let file = folder.join("score.relance");
        std::fs::write(&file, "edition 2026").unwrap();
        copy_to(&folder, false).unwrap();
        assert_eq!(std::fs::read_to_string(&file).unwrap(), "edition 2026");
        copy_to(&folder, true).unwrap();
        assert!(std::fs::read_to_string(&file).unwrap().contains("score payer"));
        std::fs::remove_dir_all(&home).unwrap();
    }
}

//! What the language means, one folder for each meaning: a few rules with tests in the language, and the transcript of what came
//! of them, with every reason. `README.md` of each folder says what is shown; `docs/meanings.md` is their index.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test reads its cases"
)]

use std::fs;
use std::path::{Path, PathBuf};

use relance_rules::dsl::diagnostic::render;
use relance_rules::proof;
use relance_rules::rulebook::{Files, build};

/// The folders of the meanings, in the order of their names.
fn folders() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/meanings");
    let mut folders: Vec<PathBuf> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    folders.sort();
    folders
}

fn name(folder: &Path) -> &str {
    folder.file_name().unwrap().to_str().unwrap()
}

/// First line of a folder's README, without its sign of a heading.
fn heading(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("README.md")).unwrap();
    text.lines().next().unwrap().trim_start_matches("# ").to_owned()
}

/// All tests of a folder, played; in one text.
fn played(folder: &Path) -> String {
    let mut files = Files::default();
    for inner in ["", "hooks/"] {
        for entry in fs::read_dir(folder.join(inner)).into_iter().flatten() {
            let path = entry.unwrap().path();
            let file = path.file_name().unwrap().to_str().unwrap();
            if file.ends_with(".relance") || file.ends_with(".rhai") {
                files
                    .0
                    .insert(format!("{inner}{file}"), fs::read_to_string(&path).unwrap());
            }
        }
    }
    let built = build(&files);
    let shown = render(&built.diagnostics, &built.sources, false, None);
    assert!(built.diagnostics.is_empty(), "{}\n{shown}", name(folder));
    let rulebook = built.rulebook.unwrap();
    let mut text = String::new();
    for test in &rulebook.checked.tests {
        let place = rulebook.checked.sources.place(test.span);
        if place.file.starts_with("std") {
            continue;
        }
        let outcome = proof::run(&rulebook, test, None);
        assert!(
            outcome.passed(),
            "{}: {}\n{}",
            name(folder),
            outcome.title,
            outcome.told()
        );
        text.push_str(&format!("{}\n\n{}\n", outcome.title, outcome.transcript()));
    }
    assert!(!text.is_empty(), "{} has no test", name(folder));
    text
}

#[test]
fn each_meaning_is_held_by_its_tests_and_told_in_its_transcript() {
    let folders = folders();
    assert!(folders.len() >= 25, "{} folders", folders.len());
    for folder in &folders {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path(folder);
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.set_description(heading(folder));
        settings.bind(|| insta::assert_snapshot!("transcript", played(folder)));
    }
}

#[test]
fn the_index_names_each_meaning() {
    let index = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/meanings.md");
    let index = fs::read_to_string(index).unwrap();
    let listed: Vec<&str> = index.lines().filter(|line| line.starts_with("| [")).collect();
    let wanted: Vec<String> = folders()
        .iter()
        .map(|folder| {
            let name = name(folder);
            format!(
                "| [{name}](../rules/tests/meanings/{name}/transcript.snap) | {} |",
                heading(folder)
            )
        })
        .collect();
    assert_eq!(listed, wanted);
}

/// What stands in a file of `docs`.
fn docs(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs").join(name);
    fs::read_to_string(path).unwrap()
}

#[test]
fn each_line_of_the_meaning_says_where_it_is_shown_and_each_folder_is_named() {
    let language = docs("language.md");
    let meaning = language
        .split("\n## ")
        .find(|part| part.starts_with("Meaning"))
        .unwrap();
    let said: Vec<&str> = meaning
        .lines()
        .filter_map(|line| line.strip_prefix("- **")?.split_once("**"))
        .map(|(name, _)| name.trim_end_matches('.'))
        .map(|name| name.strip_suffix(" expires").unwrap_or(name))
        .collect();
    let index = docs("meanings.md");
    let (_, lines) = index.split_once("## Line by line").unwrap();
    let shown: Vec<&str> = lines
        .lines()
        .filter_map(|line| line.strip_prefix("- ")?.split_once(':'))
        .map(|(name, _)| name.strip_suffix(" expires").unwrap_or(name))
        .collect();
    assert_eq!(shown, said);
    let numbers: Vec<&str> = lines.split(|c: char| !c.is_ascii_alphanumeric()).collect();
    for folder in folders() {
        let (number, _) = name(&folder).split_once('-').unwrap();
        assert!(numbers.contains(&number), "{} is named in no line", name(&folder));
    }
}

/// The names of the tests of complaints in a file of tests.
fn complaints(file: &str) -> Vec<String> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap();
    let names = text.lines().filter_map(|line| line.split_once("fn complaint_"));
    names
        .map(|(_, rest)| format!("complaint_{}", rest.split('(').next().unwrap()))
        .collect()
}

#[test]
fn the_index_of_complaints_names_each_of_the_fifteen_and_every_test_there_is() {
    let reliability = docs("reliability.md");
    let mut there: Vec<String> = [
        "rules/tests/complaints.rs",
        "engine/tests/flow_engine/complaints.rs",
    ]
    .into_iter()
    .flat_map(complaints)
    .collect();
    let mut named = Vec::new();
    for n in 1..=15 {
        let row = format!("| {n} | ");
        let row = reliability.lines().find(|line| line.starts_with(&row));
        let row = row.unwrap_or_else(|| panic!("complaint {n} has no row"));
        let tests: Vec<&str> = row
            .split('`')
            .filter(|word| word.starts_with("complaint_"))
            .collect();
        assert!(!tests.is_empty(), "complaint {n} has no test");
        for test in tests {
            assert!(
                test.starts_with(&format!("complaint_{n:02}_")),
                "{test} stands at {n}"
            );
            named.push(test.to_owned());
        }
    }
    there.sort();
    named.sort();
    assert_eq!(named, there);
}

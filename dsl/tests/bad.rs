//! Rule files with mistakes: each with what is said about it, in one snapshot.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reads its cases from files"
)]

mod support;

use std::collections::BTreeSet;

use relance_dsl::codes;
use relance_dsl::diagnostic::{Severity, render};
use relance_dsl::lang::Lang;
use support::{Outcome, outcome};

/// All cases: name and text, in the order of their names.
fn cases() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bad");
    let mut cases: Vec<(String, String)> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| {
            let path = entry.expect("the folder can be read").path();
            let name = path
                .file_stem()
                .expect("it has a name")
                .to_string_lossy()
                .into_owned();
            (
                name,
                std::fs::read_to_string(&path).expect("the file can be read"),
            )
        })
        .collect();
    cases.sort();
    cases
}

fn read(text: &str) -> Outcome {
    outcome(&[("rules.relance", text)])
}

#[test]
fn every_bad_file_gets_the_messages_of_its_snapshot() {
    let cases = cases();
    let french = cases
        .iter()
        .filter(|(_, text)| Lang::of_source(text) == Lang::French)
        .count();
    assert!(cases.len() >= 150, "{} cases", cases.len());
    assert!(
        french * 3 >= cases.len(),
        "{french} of {} cases are in French",
        cases.len()
    );
    for (name, text) in cases {
        let outcome = read(&text);
        let found = render(&outcome.diagnostics, &outcome.sources, false, None);
        assert!(!found.is_empty(), "{name}: nothing was found");
        let page = format!("{text}\n{}\n\n{found}", "=".repeat(100));
        insta::with_settings!({ snapshot_path => "snapshots/bad", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name, page);
        });
    }
}

#[test]
fn every_message_is_told_in_both_languages() {
    for (name, text) in cases() {
        for d in read(&text).diagnostics {
            let labels = d.secondary.iter().chain([&d.primary]).map(|l| &l.text);
            for said in labels.chain([&d.message]).chain(&d.help) {
                assert!(said.en != said.fr && !said.fr.is_empty(), "{name}: {said:?}");
            }
        }
    }
}

#[test]
fn a_rulebook_comes_only_of_files_without_an_error() {
    for (name, text) in cases() {
        let outcome = read(&text);
        let refused = outcome.diagnostics.iter().any(|d| d.severity == Severity::Error);
        assert_eq!(outcome.rulebook.is_none(), refused, "{name}");
    }
}

#[test]
fn every_code_is_said_by_some_bad_file() {
    let mut said: BTreeSet<&str> = BTreeSet::new();
    for (_, text) in cases() {
        said.extend(read(&text).diagnostics.iter().map(|d| d.code));
    }
    // Two that would make poor files to read.
    said.extend(
        read(&"// long\n".repeat(200_000))
            .diagnostics
            .iter()
            .map(|d| d.code),
    );
    said.extend(read(&"use 5\n".repeat(500)).diagnostics.iter().map(|d| d.code));
    let silent: Vec<&str> = codes::ALL
        .iter()
        .map(|c| c.code)
        // What is said of templates, of scripts, and of what is not carried out yet, is said by the crates that know of it.
        .filter(|c| !said.contains(c) && !c.starts_with("RL09") && !c.starts_with("RL11"))
        .collect();
    assert!(silent.is_empty(), "never said: {silent:?}");
}

#[test]
fn codes_are_in_order_and_each_is_there_once() {
    let all: Vec<&str> = codes::ALL.iter().map(|c| c.code).collect();
    let mut sorted = all.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(all, sorted);
}

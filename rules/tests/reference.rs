//! The tests that the reference of the language shows are played: what a page shows is so.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops")]
#![allow(clippy::disallowed_methods, reason = "the page is a file of the tree")]

use std::collections::BTreeMap;
use std::path::Path;

use relance_rules::proof;
use relance_rules::rulebook::{self, Files};

/// The text of all blocks of the page behind such a fence.
fn blocks(page: &str, fence: &str) -> String {
    let blocks = page.split(fence).skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

#[test]
fn the_tests_of_the_language_reference_pass() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/language.md");
    let page = std::fs::read_to_string(page).unwrap();
    let of = |fence| blocks(&page, fence);
    let files = Files(BTreeMap::from([
        ("language.relance".to_owned(), of("```relance\n")),
        ("french.relance".to_owned(), of("```relance-french\n")),
        ("hooks/reference.rhai".to_owned(), of("```rhai\n")),
    ]));
    let rulebook = rulebook::build(&files).rulebook.unwrap();
    let outcomes: Vec<_> = rulebook
        .checked
        .tests
        .iter()
        .map(|test| proof::run(&rulebook, test, None))
        .collect();
    assert!(outcomes.len() >= 3, "{} tests", outcomes.len());
    for outcome in outcomes {
        assert!(outcome.passed(), "{}", outcome.told());
    }
}

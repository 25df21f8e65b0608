//! Rule files that are right.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reads its cases from files"
)]

mod support;

use relance_dsl::diagnostic::render;

#[test]
fn every_good_file_is_accepted_without_a_word() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/good");
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        let text = std::fs::read_to_string(&path).expect("the file can be read");
        let outcome = support::outcome(&[("rules.relance", &text)]);
        let found = render(&outcome.diagnostics, &outcome.sources, false, None);
        assert!(found.is_empty(), "{}:\n{found}", path.display());
        assert!(outcome.rulebook.is_some(), "{}", path.display());
        count += 1;
    }
    assert!(count >= 2, "{count} cases");
}

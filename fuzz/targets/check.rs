//! Any text is checked as a rulebook of its own with the standard library: no panic, and a rulebook only without errors.
#![no_main]

use libfuzzer_sys::fuzz_target;
use relance_dsl::diagnostic::{Severity, render};
use relance_rules::rulebook::{Files, build};

fuzz_target!(|text: &str| {
    let files = Files([("rules.relance".to_owned(), text.to_owned())].into_iter().collect());
    let built = build(&files);
    let refused = built.diagnostics.iter().any(|d| d.severity == Severity::Error);
    assert_eq!(built.rulebook.is_none(), refused);
    let _ = render(&built.diagnostics, &built.sources, false, None);
});

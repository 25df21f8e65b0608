//! By relance: rules read from text and compiled when they are put in force.

use std::sync::Arc;

use relance_rules::dsl::checked::Segment;
use relance_rules::dsl::diagnostic::render;
use relance_rules::rulebook::{Files, Rulebook, build};

use crate::measure::Answer;

pub fn rulebook() -> Arc<Rulebook> {
    of(&[("segments.relance", SEGMENTS)])
}

/// The same with a hook in place of the first condition: each decision asks it.
pub fn with_hook() -> Arc<Rulebook> {
    let condition = "customer.kind is public\n";
    assert!(SEGMENTS.contains(condition));
    let rules = SEGMENTS.replacen(condition, "hook is_public(customer)\n", 1);
    let rules = format!("{rules}\nhook is_public(customer) -> yes or no\n");
    let script = include_str!("../../rules/is_public.rhai");
    of(&[("segments.relance", &rules), ("hooks/is_public.rhai", script)])
}

fn of(files: &[(&str, &str)]) -> Arc<Rulebook> {
    let owned = files
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let built = build(&Files(owned.collect()));
    built
        .rulebook
        .unwrap_or_else(|| panic!("{}", render(&built.diagnostics, &built.sources, false, None)))
}

const SEGMENTS: &str = include_str!("../../rules/segments.relance");

impl Answer for Option<&Segment> {
    fn segment(&self) -> String {
        self.map_or_else(String::new, |segment| segment.name.name.clone())
    }
}

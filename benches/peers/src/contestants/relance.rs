//! By relance: rules read from text and compiled when they are put in force.

use std::sync::Arc;

use relance_rules::dsl::checked::Segment;
use relance_rules::dsl::diagnostic::render;
use relance_rules::rulebook::{Files, Rulebook, build};

use crate::measure::Answer;

pub fn rulebook() -> Arc<Rulebook> {
    let file = ("segments.relance", include_str!("../../rules/segments.relance"));
    let built = build(&Files([(file.0.to_owned(), file.1.to_owned())].into()));
    built
        .rulebook
        .unwrap_or_else(|| panic!("{}", render(&built.diagnostics, &built.sources, false, None)))
}

impl Answer for Option<&Segment> {
    fn segment(&self) -> String {
        self.map_or_else(String::new, |segment| segment.name.name.clone())
    }
}

//! What the files declare, before anything is checked.

use std::collections::{HashMap, HashSet};

use super::Checker;
use crate::ast::{self, Declared, Item};
use crate::checked;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::span::Span;

/// All declarations of all files, in source order.
pub(super) struct Declarations<'a> {
    pub(super) segment_blocks: Vec<&'a ast::Segments>,
    pub(super) scores: Vec<&'a ast::Score>,
    pub(super) scenarios: Vec<&'a ast::Scenario>,
    pub(super) calendars: Vec<&'a ast::Calendar>,
    segment_names: HashSet<&'a str>,
    by_calendar: HashMap<&'a str, &'a ast::Calendar>,
}

impl<'a> Declarations<'a> {
    pub(super) fn of(files: &[&'a ast::File]) -> Self {
        let mut all = Self {
            segment_blocks: Vec::new(),
            scores: Vec::new(),
            scenarios: Vec::new(),
            calendars: Vec::new(),
            segment_names: HashSet::new(),
            by_calendar: HashMap::new(),
        };
        for item in files.iter().flat_map(|f| &f.items) {
            match item {
                Item::Use(_) => {}
                Item::Segments(block) => all.segment_blocks.push(block),
                Item::Score(score) => all.scores.push(score),
                Item::Scenario(scenario) => all.scenarios.push(scenario),
                Item::Calendar(calendar) => all.calendars.push(calendar),
            }
        }
        all.segment_names = all.segment_names().into_iter().collect();
        for calendar in &all.calendars {
            let name = calendar.declared.name.value.as_str();
            all.by_calendar.entry(name).or_insert(calendar);
        }
        all
    }

    /// Is there a segment with this name?
    pub(super) fn has_segment(&self, name: &str) -> bool {
        self.segment_names.contains(name)
    }

    /// All segments, in the order in which they are tried.
    pub(super) fn segments(&self) -> impl Iterator<Item = &'a ast::Segment> + use<'_, 'a> {
        self.segment_blocks.iter().flat_map(|block| &block.segments)
    }

    /// Names of all segments.
    pub(super) fn segment_names(&self) -> Vec<&'a str> {
        self.segments().map(|s| s.declared.name.value.as_str()).collect()
    }

    /// Names of all bands.
    pub(super) fn band_names(&self) -> Vec<&'a str> {
        let bands = self.scores.iter().flat_map(|s| &s.bands);
        bands.map(|b| b.declared.name.value.as_str()).collect()
    }

    /// The calendar with a name.
    pub(super) fn calendar(&self, name: &str) -> Option<&'a ast::Calendar> {
        self.by_calendar.get(name).copied()
    }
}

impl<'a> Checker<'a> {
    /// Names that are declared twice, and blocks that can stand only once.
    pub(super) fn duplicates(&mut self) {
        let segments: Vec<_> = self.names.segments().map(|s| &s.declared).collect();
        self.distinct("segment", segments);
        let bands = self.names.scores.iter().flat_map(|s| &s.bands);
        let bands: Vec<_> = bands.map(|b| &b.declared).collect();
        self.distinct("band", bands);
        let scenarios: Vec<_> = self.names.scenarios.iter().map(|s| &s.declared).collect();
        self.distinct("scenario", scenarios);
        let calendars: Vec<_> = self.names.calendars.iter().map(|c| &c.declared).collect();
        self.distinct("calendar", calendars);
        let blocks: Vec<Span> = self.names.segment_blocks.iter().map(|b| b.span).collect();
        self.only_once(
            "segments",
            &blocks,
            "the order of segments matters, so they stand in one list",
        );
        let scores: Vec<Span> = self.names.scores.iter().map(|s| s.span).collect();
        self.only_once("score", &scores, "a rulebook has one payer score");
    }

    /// Reports each name that was declared before.
    pub(super) fn distinct(&mut self, kind: &str, names: impl IntoIterator<Item = &'a Declared>) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for declared in names {
            let name = declared.name.value.as_str();
            if let Some(first) = seen.get(name) {
                let message = format!("There are two {kind}s with the name `{name}`.");
                let d = Diagnostic::error(
                    &codes::DUPLICATE_NAME,
                    declared.name.span,
                    message,
                    "the same name again",
                )
                .also(*first, "first declared here")
                .help("give one of them another name");
                self.report(d);
            } else {
                seen.insert(name, declared.name.span);
            }
        }
    }

    fn only_once(&mut self, word: &str, spans: &[Span], why: &str) {
        if let [first, rest @ ..] = spans {
            for again in rest {
                let message = format!("`{word}` stands twice.");
                let d = Diagnostic::error(&codes::DECLARED_TWICE, *again, message, "a second one")
                    .also(*first, "the first one")
                    .help(format!("{why}; put both into one"));
                self.report(d);
            }
        }
    }
}

/// The name as the checked rulebook has it.
pub(super) fn name(declared: &Declared) -> checked::Name {
    checked::Name {
        name: declared.name.value.clone(),
        title: declared.title.as_ref().map(|t| t.value.clone()),
        span: declared.name.span,
    }
}

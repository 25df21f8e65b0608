//! What the files declare, before anything is checked.

use std::collections::{HashMap, HashSet};

use super::Checker;
use crate::ast::{self, Declared, Item};
use crate::checked;
use crate::codes;
use crate::diagnostic::Diagnostic;
use crate::lang::Text;
use crate::span::{SourceMap, Span};
use crate::text;

/// Where the files of the standard library seem to stand.
const STANDARD: &str = "std/";

/// Does this stand in the standard library?
fn is_standard(span: Span, sources: &SourceMap) -> bool {
    sources
        .get(span.file)
        .is_some_and(|source| source.path.starts_with(STANDARD))
}

/// All declarations of all files, in source order.
pub(super) struct Declarations<'a> {
    pub(super) fields: Vec<&'a ast::Field>,
    pub(super) segment_blocks: Vec<&'a ast::Segments>,
    pub(super) scores: Vec<&'a ast::Score>,
    pub(super) scenarios: Vec<&'a ast::Scenario>,
    pub(super) calendars: Vec<&'a ast::Calendar>,
    pub(super) hooks: Vec<&'a ast::Hook>,
    pub(super) charges: Vec<&'a ast::Charges>,
    pub(super) disputes: Vec<&'a ast::Disputes>,
    pub(super) promises: Vec<&'a ast::Promises>,
    pub(super) plans: Vec<&'a ast::Plans>,
    pub(super) media: Vec<&'a ast::Medium>,
    pub(super) tests: Vec<&'a ast::Test>,
    segment_names: HashSet<&'a str>,
    by_calendar: HashMap<&'a str, &'a ast::Calendar>,
}

impl<'a> Declarations<'a> {
    /// Segments and a score of the rulebook itself take the place of the standard ones. A scenario of the standard library
    /// serves segments of the rulebook that nobody else serves; when there are none, it is left out.
    pub(super) fn of(files: &[&'a ast::File], sources: &SourceMap) -> Self {
        let mut all = Self {
            fields: Vec::new(),
            segment_blocks: Vec::new(),
            scores: Vec::new(),
            scenarios: Vec::new(),
            calendars: Vec::new(),
            hooks: Vec::new(),
            charges: Vec::new(),
            disputes: Vec::new(),
            promises: Vec::new(),
            plans: Vec::new(),
            media: Vec::new(),
            tests: Vec::new(),
            segment_names: HashSet::new(),
            by_calendar: HashMap::new(),
        };
        for item in files.iter().flat_map(|f| &f.items) {
            match item {
                Item::Use(_) => {}
                Item::Fields(block) => all.fields.extend(&block.fields),
                Item::Segments(block) => all.segment_blocks.push(block),
                Item::Score(score) => all.scores.push(score),
                Item::Scenario(scenario) => all.scenarios.push(scenario),
                Item::Calendar(calendar) => all.calendars.push(calendar),
                Item::Hook(hook) => all.hooks.push(hook),
                Item::Charges(charges) => all.charges.push(charges),
                Item::Disputes(disputes) => all.disputes.push(disputes),
                Item::Promises(promises) => all.promises.push(promises),
                Item::Plans(plans) => all.plans.push(plans),
                Item::Medium(medium) => all.media.push(medium),
                Item::Test(test) => all.tests.push(test),
            }
        }
        all.own_before_standard(sources);
        all.segment_names = all.segment_names().into_iter().collect();
        all.leave_out_standard(sources);
        for calendar in &all.calendars {
            let name = calendar.declared.name.value.as_str();
            all.by_calendar.entry(name).or_insert(calendar);
        }
        all
    }

    fn own_before_standard(&mut self, sources: &SourceMap) {
        if self.segment_blocks.iter().any(|b| !is_standard(b.span, sources)) {
            self.segment_blocks.retain(|b| !is_standard(b.span, sources));
        }
        if self.scores.iter().any(|s| !is_standard(s.span, sources)) {
            self.scores.retain(|s| !is_standard(s.span, sources));
        }
    }

    fn leave_out_standard(&mut self, sources: &SourceMap) {
        let (standard, own): (Vec<_>, Vec<_>) = self
            .scenarios
            .drain(..)
            .partition(|s| is_standard(s.span, sources));
        let served: HashSet<&str> = own
            .iter()
            .flat_map(|s| &s.segments)
            .map(|s| s.value.as_str())
            .collect();
        let serves = |s: &&ast::Scenario| {
            s.segments.iter().all(|segment| {
                let name = segment.value.as_str();
                self.segment_names.contains(name) && !served.contains(name)
            })
        };
        self.scenarios = standard
            .into_iter()
            .filter(serves)
            .chain(own.iter().copied())
            .collect();
        self.scenarios.sort_by_key(|s| s.span);
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
        self.distinct(&text!("segments", "segments"), segments);
        let bands = self.names.scores.iter().flat_map(|s| &s.bands);
        let bands: Vec<_> = bands.map(|b| &b.declared).collect();
        self.distinct(&text!("bands", "tranches"), bands);
        let scenarios: Vec<_> = self.names.scenarios.iter().map(|s| &s.declared).collect();
        self.distinct(&text!("scenarios", "scénarios"), scenarios);
        let calendars: Vec<_> = self.names.calendars.iter().map(|c| &c.declared).collect();
        self.distinct(&text!("calendars", "calendriers"), calendars);
        let blocks: Vec<Span> = self.names.segment_blocks.iter().map(|b| b.span).collect();
        self.only_once(
            &text!("segments", "segments"),
            &blocks,
            &text!(
                "the order of segments matters, so they stand in one list",
                "l'ordre des segments compte, ils figurent donc dans une seule liste"
            ),
        );
        let scores: Vec<Span> = self.names.scores.iter().map(|s| s.span).collect();
        self.only_once(
            &text!("score", "score"),
            &scores,
            &text!("a rulebook has one payer score", "il n'y a qu'un score de payeur"),
        );
        let disputes: Vec<Span> = self.names.disputes.iter().map(|d| d.span).collect();
        self.only_once(
            &text!("disputes", "litiges"),
            &disputes,
            &text!(
                "a rulebook has one list of categories",
                "il n'y a qu'une liste de catégories"
            ),
        );
        let promises: Vec<Span> = self.names.promises.iter().map(|p| p.span).collect();
        self.only_once(
            &text!("promises", "promesses"),
            &promises,
            &text!(
                "promises are kept alike everywhere",
                "les promesses se suivent partout de la même façon"
            ),
        );
        let plans: Vec<Span> = self.names.plans.iter().map(|p| p.span).collect();
        self.only_once(
            &text!("plans", "échéanciers"),
            &plans,
            &text!(
                "payment plans are kept alike everywhere",
                "les échéanciers se suivent partout de la même façon"
            ),
        );
    }

    /// Reports each name that was declared before. `kinds` is the plural of what is named.
    pub(super) fn distinct(&mut self, kinds: &Text, names: impl IntoIterator<Item = &'a Declared>) {
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for declared in names {
            let name = declared.name.value.as_str();
            if let Some(first) = seen.get(name) {
                let (en, fr) = (&kinds.en, &kinds.fr);
                let message = text!(
                    "There are two {en} with the name `{name}`.",
                    "Deux {fr} portent le nom `{name}`."
                );
                let d = Diagnostic::error(
                    &codes::DUPLICATE_NAME,
                    declared.name.span,
                    message,
                    text!("the same name again", "encore le même nom"),
                )
                .also(
                    *first,
                    text!("first declared here", "déclaré une première fois ici"),
                )
                .help(text!(
                    "give one of them another name",
                    "changez l'un des deux noms"
                ));
                self.report(d);
            } else {
                seen.insert(name, declared.name.span);
            }
        }
    }

    fn only_once(&mut self, word: &Text, spans: &[Span], why: &Text) {
        if let [first, rest @ ..] = spans {
            for again in rest {
                let (en, fr) = (&word.en, &word.fr);
                let message = text!("`{en}` stands twice.", "`{fr}` figure deux fois.");
                let (en, fr) = (&why.en, &why.fr);
                let help = text!(
                    "{en}; put both into one",
                    "{fr} ; réunissez les deux en un seul bloc"
                );
                let label = text!("a second one", "une seconde fois");
                let d = Diagnostic::error(&codes::DECLARED_TWICE, *again, message, label)
                    .also(*first, text!("the first one", "la première fois"))
                    .help(help);
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
        was: declared.was.iter().map(|w| w.value.clone()).collect(),
    }
}

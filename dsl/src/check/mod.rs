//! Tree to checked rulebook: names, types, order, completeness. All errors of all files at once.

mod acts;
mod calendars;
mod chain;
pub(crate) mod charges;
mod declarations;
mod declared;
pub(crate) mod events;
mod expr;
mod fields;
mod files;
mod grouping;
pub(crate) mod hooks;
pub(crate) mod languages;
mod listed;
mod reach;
pub(crate) mod roles;
mod scenario;
mod score;
mod segments;
pub(crate) mod settings;
mod steps;
mod templates;
pub(crate) mod tests;
mod timing;

use std::borrow::Borrow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::ast::{self, BrokenKind};
use crate::checked::{CheckedRulebook, Field, TemplateUse};
use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::parse::plain;
use crate::span::{FileId, SourceMap, Span};
use crate::vocabulary::{FactId, Surroundings, TemplateName, Vocabulary};
use declarations::Declarations;

/// Checks all files of a rulebook together, standard library files included. The rulebook is there when neither the parser
/// nor this found an error.
pub fn check(
    sources: Arc<SourceMap>,
    files: &[impl Borrow<ast::File>],
    vocabulary: &Vocabulary,
    surroundings: &Surroundings,
) -> (Option<CheckedRulebook>, Vec<Diagnostic>) {
    let files: Vec<&ast::File> = files.iter().map(Borrow::borrow).collect();
    let mut checker = Checker::new(&files, &sources, vocabulary, surroundings);
    checker.files(&files);
    checker.duplicates();
    checker.fields();
    let calendars = checker.calendars();
    let segments = checker.segments();
    let score = checker.score();
    let hooks = checker.hooks();
    let charges = checker.charges();
    let media = checker.media();
    let scenarios = checker.scenarios();
    let disputes = checker.disputes();
    let promises = checker.promises();
    let plans = checker.plans();
    let tests = checker.tests();
    let is_whole = files.iter().all(|f| f.broken.is_empty() && !f.has_errors);
    if is_whole {
        checker.reach(&segments, &scenarios, &disputes);
    }
    let fields = std::mem::take(&mut checker.fields);
    let templates_used = std::mem::take(&mut checker.templates_used);
    let diagnostics = checker.finish(&sources);
    let sound = is_whole && diagnostics.iter().all(|d| d.severity != Severity::Error);
    let rulebook = CheckedRulebook {
        sources,
        fields,
        segments,
        score,
        scenarios,
        calendars,
        hooks,
        charges,
        disputes,
        promises,
        plans,
        media,
        tests,
        templates_used,
    };
    (sound.then_some(rulebook), diagnostics)
}

/// What all passes share.
struct Checker<'a> {
    vocabulary: &'a Vocabulary,
    /// The facts of the vocabulary by their paths in each language, without accents.
    facts: HashMap<(Lang, String), FactId>,
    surroundings: &'a Surroundings,
    /// The templates by their names.
    templates: HashMap<&'a str, Vec<&'a TemplateName>>,
    names: Declarations<'a>,
    /// Fields of the firm's own.
    fields: Vec<Arc<Field>>,
    langs: HashMap<FileId, Lang>,
    broken: Vec<ast::Broken>,
    /// Each kind of what is broken.
    broken_kinds: HashSet<BrokenKind>,
    diagnostics: Vec<Diagnostic>,
    /// Are the invoices of an account looked at one by one? Then their facts go without `invoice.`.
    in_invoices: bool,
    /// Templates and scripts that the rules name.
    templates_used: Vec<TemplateUse>,
}

impl<'a> Checker<'a> {
    fn new(
        files: &[&'a ast::File],
        sources: &SourceMap,
        vocabulary: &'a Vocabulary,
        surroundings: &'a Surroundings,
    ) -> Self {
        let facts = vocabulary.facts.iter().zip((0..).map(FactId));
        let facts = facts.flat_map(|(fact, id)| {
            [
                ((Lang::English, plain(fact.path)), id),
                ((Lang::French, plain(fact.path_fr)), id),
            ]
        });
        let mut templates: HashMap<&str, Vec<&TemplateName>> = HashMap::new();
        for template in &surroundings.templates {
            templates.entry(&template.name).or_default().push(template);
        }
        let broken: Vec<_> = files.iter().flat_map(|f| &f.broken).copied().collect();
        Self {
            vocabulary,
            facts: facts.collect(),
            surroundings,
            templates,
            names: Declarations::of(files, sources),
            fields: Vec::new(),
            langs: files.iter().map(|f| (f.id, f.lang)).collect(),
            broken_kinds: broken.iter().map(|b| b.kind).collect(),
            broken,
            diagnostics: Vec::new(),
            in_invoices: false,
            templates_used: Vec::new(),
        }
    }

    fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MAX_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    /// Does something without keeping what it reports.
    fn quietly<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.diagnostics.len();
        let done = work(self);
        self.diagnostics.truncate(before);
        done
    }

    /// Was something of this kind not understood, so that a name that seems missing may stand in there?
    fn may_be_hidden(&self, kinds: &[BrokenKind]) -> bool {
        let broken = |kind| self.broken_kinds.contains(kind);
        !self.broken_kinds.is_empty() && (broken(&BrokenKind::Anything) || kinds.iter().any(broken))
    }

    /// What was found, in source order, without what only follows from a piece in the same line that was not understood.
    fn finish(mut self, sources: &SourceMap) -> Vec<Diagnostic> {
        let broken = self.broken.iter().take(BROKEN_LINES);
        let lines: Vec<Span> = broken.map(|b| line_of(b.span, sources)).collect();
        self.diagnostics.retain(|d| {
            let at = d.primary.span;
            !lines
                .iter()
                .any(|line| line.file == at.file && (line.start..=line.end).contains(&at.start))
        });
        self.diagnostics.sort_by_key(|d| d.primary.span);
        self.diagnostics
    }
}

/// The line in which a span starts.
fn line_of(span: Span, sources: &SourceMap) -> Span {
    let column = sources
        .get(span.file)
        .and_then(|s| s.text.get(..span.start as usize))
        .map_or(0, |before| {
            before.len() - before.rfind('\n').map_or(0, |at| at + 1)
        });
    let start = span.start - u32::try_from(column).unwrap_or(0);
    let length = u32::try_from(sources.line_text(span).len()).unwrap_or(0);
    Span {
        start,
        end: start + length,
        ..span
    }
}

/// Broken lines that are looked at; a file with more has other worries.
const BROKEN_LINES: usize = 200;

/// Most errors that are reported; whoever has more looks at the first ones anyway.
const MAX_DIAGNOSTICS: usize = 500;

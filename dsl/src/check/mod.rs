//! Tree to checked rulebook: names, types, order, completeness. All errors of all files at once.

mod acts;
mod calendars;
mod declarations;
mod expr;
mod files;
mod languages;
mod scenario;
mod score;
mod segments;
mod settings;
mod steps;
mod timing;

use std::sync::Arc;

use crate::ast::{self, BrokenKind};
use crate::checked::CheckedRulebook;
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::{SourceMap, Span};
use crate::vocabulary::{Surroundings, Vocabulary};
use declarations::Declarations;

/// Checks all files of a rulebook together, standard library files included. The rulebook is there when neither the parser
/// nor this found an error.
pub fn check(
    sources: Arc<SourceMap>,
    files: &[ast::File],
    vocabulary: &Vocabulary,
    surroundings: &Surroundings,
) -> (Option<CheckedRulebook>, Vec<Diagnostic>) {
    let mut checker = Checker {
        vocabulary,
        surroundings,
        names: Declarations::of(files),
        broken: files.iter().flat_map(|f| &f.broken).copied().collect(),
        diagnostics: Vec::new(),
    };
    checker.files(files);
    checker.duplicates();
    let calendars = checker.calendars();
    let segments = checker.segments();
    let score = checker.score();
    let scenarios = checker.scenarios();
    let is_whole = files.iter().all(|f| f.broken.is_empty() && !f.has_errors);
    let diagnostics = checker.finish(&sources);
    let sound = is_whole && diagnostics.iter().all(|d| d.severity != Severity::Error);
    let rulebook = CheckedRulebook {
        sources,
        segments,
        score,
        scenarios,
        calendars,
    };
    (sound.then_some(rulebook), diagnostics)
}

/// What all passes share.
struct Checker<'a> {
    vocabulary: &'a Vocabulary,
    surroundings: &'a Surroundings,
    names: Declarations<'a>,
    broken: Vec<ast::Broken>,
    diagnostics: Vec<Diagnostic>,
}

impl Checker<'_> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Was something of this kind not understood, so that a name that seems missing may stand in there?
    fn may_be_hidden(&self, kinds: &[BrokenKind]) -> bool {
        self.broken
            .iter()
            .any(|b| b.kind == BrokenKind::Anything || kinds.contains(&b.kind))
    }

    /// What was found, in source order, without what only follows from a piece in the same line that was not understood.
    fn finish(mut self, sources: &SourceMap) -> Vec<Diagnostic> {
        let line = |span: Span| {
            let place = sources.place(span);
            (span.file, place.line)
        };
        let broken_lines: Vec<_> = self
            .broken
            .iter()
            .take(BROKEN_LINES)
            .map(|b| line(b.span))
            .collect();
        if !broken_lines.is_empty() {
            self.diagnostics
                .retain(|d| !broken_lines.contains(&line(d.primary.span)));
        }
        self.diagnostics.sort_by_key(|d| d.primary.span);
        self.diagnostics
    }
}

/// Broken lines that are looked at; a file with more has other worries.
const BROKEN_LINES: usize = 200;

//! Proof: the tests of a rulebook, played day by day through the same [`crate::decide()`] that serves real accounts.
//!
//! One idea a file: what a test gives (`givens`, with `figures`), the account that is played (`world`), how acts are carried out
//! (`carry`), what happens to it (`happenings`, `money`, `payment_plan`), the days (`play`), an act as a line (`act`), what was expected
//! (`judge`, with `charged`, `shared` and `nearest`), and how timelines are written into the source (`accept`).

mod accept;
mod act;
mod carry;
mod charged;
mod figures;
mod givens;
mod happenings;
mod judge;
mod money;
mod nearest;
mod payment_plan;
mod play;
mod shared;
mod world;

use relance_dsl::checked::{Test, TestLine};
use relance_dsl::lang::{Lang, Text};
use relance_dsl::span::{Place, Span};
use serde::Serialize;

use crate::rulebook::Rulebook;

pub use accept::{Accepted, accept};

/// What became of one test.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    /// What the test shows.
    pub title: String,
    /// Where it stands.
    pub place: Place,
    /// What did not come as expected; empty when the test passed.
    pub failures: Vec<Failure>,
    /// All that was done and all that happened, in order, one line each. What happened is indented by `> `.
    pub timeline: Vec<String>,
    /// The reasons of each line of the timeline; none of what happened from outside.
    #[serde(skip)]
    why: Vec<Vec<String>>,
    /// What comes next, and why nothing came of the rest, as of the last day that the test names; one line each.
    #[serde(skip)]
    outlook: Vec<String>,
    /// The language of the failures.
    #[serde(skip)]
    pub lang: Lang,
    /// Timelines that the test expects otherwise, for [`accept()`].
    #[serde(skip)]
    rewritten: Vec<Rewritten>,
}

/// A timeline of the source, and its lines as they came.
#[derive(Debug, Clone)]
struct Rewritten {
    braces: Span,
    lines: Vec<String>,
}

/// Something that did not come as expected, or could not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Failure {
    /// Where it is written.
    pub place: Place,
    /// As it is written, on one line.
    pub written: String,
    /// What came instead, one sentence a line.
    pub instead: Vec<String>,
    /// Why, one reason a line; may be empty.
    pub why: Vec<String>,
}

impl Outcome {
    /// Whether all came as expected.
    pub fn passed(&self) -> bool {
        self.failures.is_empty()
    }

    /// All failures with the timeline below, for people. Empty when the test passed.
    pub fn told(&self) -> String {
        let mut lines = Vec::new();
        for failure in &self.failures {
            lines.push(format!("{}: {}", failure.place, failure.written));
            lines.extend(failure.instead.iter().map(|line| format!("    {line}")));
            if !failure.why.is_empty() {
                lines.push(format!("    {}", self.lang.pick("because:", "parce que :")));
                lines.extend(failure.why.iter().map(|line| format!("      {line}")));
            }
        }
        if lines.is_empty() {
            return String::new();
        }
        lines.push(self.lang.pick("timeline:", "déroulé :").to_owned());
        if self.timeline.is_empty() {
            lines.push(format!("    {}", self.lang.pick("nothing", "rien")));
        }
        lines.extend(self.timeline.iter().map(|line| format!("    {line}")));
        lines.push(String::new());
        lines.join("\n")
    }
}

impl Outcome {
    /// The timeline with all reasons of what was done below it, and at the end what comes next or why nothing does, for people.
    pub fn transcript(&self) -> String {
        let mut text = String::new();
        for (line, why) in self.timeline.iter().zip(&self.why) {
            text.push_str(&format!("{line}\n"));
            why.iter()
                .for_each(|reason| text.push_str(&format!("    {reason}\n")));
        }
        self.outlook
            .iter()
            .for_each(|line| text.push_str(&format!("{line}\n")));
        text
    }
}

/// Something of a test that cannot be played as it is written.
struct Refused {
    span: Span,
    why: Text,
}

/// Plays one test of a rulebook. Pure: the same rulebook and test give the same outcome.
///
/// The timeline is in the language of the test's file; failures are in `said_in`, or else in that language, too.
pub fn run(rulebook: &Rulebook, test: &Test, said_in: Option<Lang>) -> Outcome {
    let sources = &rulebook.checked.sources;
    let file_lang = lang_of(rulebook, test.span);
    let lang = said_in.unwrap_or(file_lang);
    let (start, mut refused) = givens::start(test, file_lang);
    let course = play::play(rulebook, test, start, file_lang, &mut refused);
    let judge = judge::Judge {
        rulebook,
        course: &course,
        lang,
        file_lang,
    };
    let mut failures: Vec<Failure> = refused
        .into_iter()
        .map(|refused| judge.failure(refused.span, vec![refused.why.get(lang).to_owned()], Vec::new()))
        .collect();
    failures.extend(judge.hook_failed(test.span));
    let mut rewritten = Vec::new();
    for line in &test.lines {
        if let TestLine::Expect(expect) = line {
            failures.extend(judge.expect(expect));
            rewritten.extend(judge.rewritten(expect));
        }
    }
    failures.sort_by_key(|failure| failure.place.line);
    let shown = course.shown();
    let why = |done: &Option<&act::Done>| done.map(|done| judge.why(done)).unwrap_or_default();
    Outcome {
        title: test.title.clone(),
        place: sources.place(test.span),
        failures,
        timeline: shown.iter().map(|(line, _)| (*line).to_owned()).collect(),
        why: shown.iter().map(|(_, done)| why(done)).collect(),
        outlook: judge.outlook(),
        lang,
        rewritten,
    }
}

/// The language that the file of a span is written in.
pub fn lang_of(rulebook: &Rulebook, span: Span) -> Lang {
    let source = rulebook.checked.sources.get(span.file);
    source.map_or(Lang::English, |source| Lang::of_source(&source.text))
}

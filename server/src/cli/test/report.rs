//! Results of tests, for people.

use relance_rules::dsl::lang::Lang;
use relance_rules::proof::{Accepted, Outcome, lang_of};
use relance_rules::rulebook::Rulebook;

/// The language of what is said of all tests together: the one asked for, else that of the file of the first test.
pub(super) fn lang(rulebook: &Rulebook, asked: Option<Lang>) -> Lang {
    let first = || rulebook.checked.tests.first();
    asked
        .or_else(|| Some(lang_of(rulebook, first()?.span)))
        .unwrap_or_default()
}

/// All that was done in each test, with its reasons.
pub(super) fn transcripts(played: &[Outcome]) -> String {
    let whole = |outcome: &Outcome| format!("--- {}\n{}\n", outcome.title, outcome.transcript());
    played.iter().map(whole).collect()
}

/// One line for each test, then what failed, then how many.
pub(super) fn text(played: &[Outcome], lang: Lang) -> String {
    let mut text = String::new();
    for outcome in played {
        let state = match (outcome.passed(), lang) {
            (true, _) => "ok",
            (false, Lang::English) => "FAILED",
            (false, Lang::French) => "ÉCHEC",
        };
        text.push_str(&format!("{state:<6} {} {}\n", outcome.place, outcome.title));
    }
    for outcome in played.iter().filter(|o| !o.passed()) {
        text.push_str(&format!("\n--- {}\n{}", outcome.title, outcome.told()));
    }
    if played.iter().any(|o| !o.passed()) {
        text.push('\n');
    }
    text.push_str(&summary(played, lang));
    text.push('\n');
    text
}

fn summary(played: &[Outcome], lang: Lang) -> String {
    let passed = played.iter().filter(|o| o.passed()).count();
    let failed = played.len() - passed;
    let s = if passed < 2 { "" } else { "s" };
    match (played.is_empty(), lang) {
        (true, Lang::English) => {
            "There is no such test: tests are written `test \"...\" { ... }`.".to_owned()
        }
        (true, Lang::French) => "Aucun test de ce genre : un test s'écrit `test \"...\" { ... }`.".to_owned(),
        (false, Lang::English) => format!("{passed} passed, {failed} failed"),
        (false, Lang::French) => format!("{passed} réussi{s}, {failed} en échec"),
    }
}

/// That timelines were written into a file.
pub(super) fn written(file: &Accepted, lang: Lang) -> String {
    let Accepted { path, timelines, .. } = file;
    let s = if *timelines < 2 { "" } else { "s" };
    match lang {
        Lang::English => format!("{path}: {timelines} timeline{s} written"),
        Lang::French => format!("{path} : {timelines} déroulé{s} écrit{s}"),
    }
}

//! How diagnostics are drawn.

mod support;

use relance_dsl::diagnostic::{render, summary};
use relance_dsl::lang::Lang;
use relance_dsl::span::SourceMap;
use support::outcome;

const MISTAKES: &str =
    "segments {\n  fr when customer.country = FR\n  key when account.overdu > 5 EUR\n  small otherwise\n}\n";

#[test]
fn without_colour_no_escape_is_written() {
    let outcome = outcome(&[("rules.relance", MISTAKES)]);
    let drawn = render(&outcome.diagnostics, &outcome.sources, false, None);
    assert!(!drawn.contains('\u{1b}'));
    assert!(drawn.contains("rules.relance:3:12"), "{drawn}");
    assert!(drawn.ends_with("\n1 error, 1 warning\n"), "{drawn}");
}

#[test]
fn with_colour_the_words_are_the_same() {
    let outcome = outcome(&[("rules.relance", MISTAKES)]);
    let plain = render(&outcome.diagnostics, &outcome.sources, false, None);
    let coloured = render(&outcome.diagnostics, &outcome.sources, true, None);
    assert!(coloured.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut escape = false;
    for c in coloured.chars() {
        match c {
            '\u{1b}' => escape = true,
            'm' if escape => escape = false,
            _ if escape => {}
            _ => stripped.push(c),
        }
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&stripped), words(&plain));
}

const FAUTES: &str = "segments {\n  petit si compte.echus > 5 EUR\n}\n";

#[test]
fn each_file_is_spoken_of_in_its_language_unless_one_is_asked_for() {
    let outcome = outcome(&[("fautes.relance", FAUTES), ("rules.relance", MISTAKES)]);
    let drawn = |lang| render(&outcome.diagnostics, &outcome.sources, false, lang);
    let own = drawn(None);
    for piece in [
        "Erreur : Il n'y a pas de donnée `compte.echus`.",
        "Aide : vouliez-vous dire `compte.échu` ?",
        "Error: There is no fact `account.overdu`.",
        "Help: did you mean `account.overdue`?",
        "erreurs, ",
    ] {
        assert!(own.contains(piece), "{own}");
    }
    let french = drawn(Some(Lang::French));
    assert!(!french.contains("Error") && !french.contains("Help"), "{french}");
    assert!(
        french.contains("Il n'y a pas de donnée `account.overdu`."),
        "{french}"
    );
    let english = drawn(Some(Lang::English));
    assert!(
        !english.contains("Erreur") && !english.contains("Aide"),
        "{english}"
    );
    assert!(english.contains("There is no fact `compte.echus`."), "{english}");
}

#[test]
fn a_placed_diagnostic_speaks_the_language_of_its_file_unless_one_is_asked_for() {
    let outcome = outcome(&[("fautes.relance", FAUTES)]);
    let placed = |lang| outcome.diagnostics[0].placed(&outcome.sources, lang).label;
    assert_eq!(placed(None), "le dernier segment a une condition");
    assert_eq!(placed(Some(Lang::English)), "the last segment has a condition");
}

#[test]
fn a_source_line_that_says_help_or_error_stays_as_it_is() {
    let text = "segments {\n  petit \"Help: Error:\" si compte.echus > 5 EUR\n}\n";
    let outcome = outcome(&[("fautes.relance", text)]);
    let drawn = render(&outcome.diagnostics, &outcome.sources, false, None);
    assert!(drawn.contains("\"Help: Error:\""), "{drawn}");
    assert!(drawn.contains("│ Aide : vouliez-vous"), "{drawn}");
}

#[test]
fn nothing_wrong_is_drawn_as_nothing() {
    assert_eq!(render(&[], &SourceMap::default(), true, None), "");
    assert_eq!(summary(&[], Lang::English), None);
}

#[test]
fn a_place_outside_of_the_sources_is_said_in_words() {
    let outcome = outcome(&[("rules.relance", MISTAKES)]);
    let drawn = render(&outcome.diagnostics, &SourceMap::default(), false, None);
    assert!(drawn.contains("There is no fact `account.overdu`."), "{drawn}");
}

#[test]
fn places_in_two_files_are_drawn_from_both() {
    let one = "segments { small otherwise }\nscenario a for small { language fr dunning { level 1 x 3 days after due { call } } }";
    let two = "scenario b for small { language fr dunning { level 1 x 3 days after due { call } } }";
    let outcome = outcome(&[("one.relance", one), ("two.relance", two)]);
    let drawn = render(&outcome.diagnostics, &outcome.sources, false, None);
    assert!(
        drawn.contains("one.relance") && drawn.contains("two.relance"),
        "{drawn}"
    );
}

#[test]
fn a_fix_mends_the_problem() {
    let mut text = MISTAKES.to_owned();
    let found = outcome(&[("rules.relance", &text)]);
    let mut fixes: Vec<_> = found.diagnostics.iter().filter_map(|d| d.fix.clone()).collect();
    assert_eq!(fixes.len(), 2);
    fixes.sort_by_key(|f| std::cmp::Reverse(f.span));
    for fix in fixes {
        text.replace_range(
            fix.span.start as usize..fix.span.end as usize,
            &fix.replacement.en,
        );
    }
    assert_eq!(outcome(&[("rules.relance", &text)]).diagnostics, []);
}

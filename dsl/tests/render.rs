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

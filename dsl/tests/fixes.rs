//! Replacements that a program makes.

mod support;

use proptest::prelude::*;
use relance_dsl::codes;
use relance_dsl::diagnostic::{Diagnostic, fixes};
use relance_dsl::span::{FileId, SourceMap, Span};
use relance_dsl::text;
use support::outcome;

fn with_fix(file: FileId, start: u32, end: u32, replacement: &str) -> Diagnostic {
    let span = Span { file, start, end };
    Diagnostic::error(
        &codes::NOT_UNDERSTOOD,
        span,
        text!("No.", "Non."),
        text!("here", "ici"),
    )
    .fix(span, replacement)
}

/// The only file with its fixes made; none when nothing changes.
fn mended(path: &str, text: &str, fixes: &[(u32, u32, &str)]) -> Option<(String, usize)> {
    let mut sources = SourceMap::default();
    let file = sources.add(path, text);
    let found: Vec<_> = fixes
        .iter()
        .map(|(start, end, new)| with_fix(file, *start, *end, new))
        .collect();
    let one = fixes::apply(&sources, &found).remove(path)?;
    Some((one.text, one.places))
}

#[test]
fn all_fixes_of_a_file_are_made_at_once() {
    let text =
        "segments {\n  key when account.overdu > 5 EUR and customer.contry is FR\n  small otherwise\n}\n";
    let found = outcome(&[("rules.relance", text)]);
    let mended = fixes::apply(&found.sources, &found.diagnostics);
    let one = &mended["rules.relance"];
    assert_eq!(one.places, 2);
    assert_eq!(
        one.text,
        text.replace("overdu ", "overdue ").replace("contry", "country")
    );
    assert_eq!(outcome(&[("rules.relance", &one.text)]).diagnostics, []);
}

#[test]
fn a_first_word_that_is_only_guessed_at_is_told_and_not_replaced() {
    let text = "edition 2026
segments { all otherwise }
scenario s for all {
  language en
  dunning { level 1 first 3 days after due {
    email template reminder
    assign collector
  } }
}
";
    let found = outcome(&[("rules.relance", text)]);
    let help = found.diagnostics.iter().filter_map(|d| d.help.as_ref());
    assert!(
        help.into_iter().any(|h| h.en == "write `task`"),
        "{:#?}",
        found.diagnostics
    );
    assert!(fixes::apply(&found.sources, &found.diagnostics).is_empty());
}

#[test]
fn of_fixes_that_overlap_the_first_is_made() {
    let text = "// abcdef";
    assert_eq!(
        mended("a.relance", text, &[(5, 8, "x"), (3, 6, "y"), (8, 9, "z")]),
        Some(("// ydez".to_owned(), 2))
    );
    assert_eq!(
        mended("a.relance", text, &[(3, 3, "1"), (3, 3, "2"), (3, 4, "3")]),
        Some(("// 1abcdef".to_owned(), 1))
    );
    assert_eq!(
        mended("a.relance", text, &[(3, 4, "x"), (4, 4, "y")]),
        Some(("// xybcdef".to_owned(), 2))
    );
}

#[test]
fn a_fix_is_written_in_the_language_of_its_file() {
    let mut sources = SourceMap::default();
    let file = sources.add("a.relance", "édition 2026\nscénario");
    let span = Span {
        file,
        start: 14,
        end: 23,
    };
    let right = text!("scenario", "segments");
    let found = Diagnostic::error(
        &codes::NOT_UNDERSTOOD,
        span,
        text!("No.", "Non."),
        text!("here", "ici"),
    )
    .fix(span, right);
    let mended = fixes::apply(&sources, &[found]);
    assert_eq!(mended["a.relance"].text, "édition 2026\nsegments");
}

#[test]
fn some_files_are_never_changed() {
    assert_eq!(
        mended("std/france/calendar.relance", "// abc", &[(3, 4, "x")]),
        None
    );
    // What was not UTF-8 would be lost.
    assert_eq!(mended("a.relance", "// \u{fffd} abc", &[(7, 8, "x")]), None);
}

#[test]
fn a_fix_outside_of_its_file_or_that_changes_nothing_is_not_made() {
    for fix in [(3, 30, "x"), (5, 4, "x"), (4, 5, "x"), (0, 2, "//")] {
        assert_eq!(mended("a.relance", "// é", &[fix]), None, "{fix:?}");
    }
}

proptest! {
    #[test]
    fn fixes_never_overlap_and_change_nothing_beside_their_places(
        text in "[a-c é\n]{0,40}",
        wanted in prop::collection::vec((0u32..50, 0u32..8, "[x-z]{0,3}"), 0..12),
    ) {
        let mut sources = SourceMap::default();
        let file = sources.add("a.relance", text.as_str());
        let found: Vec<_> = wanted.iter().map(|(start, length, new)| with_fix(file, *start, start + length, new)).collect();
        let chosen = fixes::select(&sources, found.iter().filter_map(|d| d.fix.as_ref()));
        let chosen = chosen.get(&file).cloned().unwrap_or_default();
        for pair in chosen.windows(2) {
            prop_assert!(pair[0].span.end <= pair[1].span.start);
        }
        let mended = fixes::apply(&sources, &found);
        let result = mended.get("a.relance").map_or(text.as_str(), |one| one.text.as_str());
        // Walks over both texts: what is kept is equal, and only replacements stand between.
        let (mut old, mut new) = (0usize, 0usize);
        for fix in &chosen {
            let kept = &text[old..fix.span.start as usize];
            prop_assert_eq!(&result[new..new + kept.len()], kept);
            new += kept.len();
            prop_assert_eq!(&result[new..new + fix.replacement.en.len()], fix.replacement.en.as_str());
            new += fix.replacement.en.len();
            old = fix.span.end as usize;
        }
        prop_assert_eq!(&result[new..], &text[old..]);
        prop_assert_eq!(mended.get("a.relance").map_or(0, |one| one.places), chosen.len());
    }
}

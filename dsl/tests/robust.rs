//! No text makes the parser, the checker or the renderer panic, and every place lies within its text.
#![allow(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::panic,
    reason = "a test reads its cases from files"
)]

mod support;

use proptest::prelude::*;
use relance_dsl::ast::File;
use relance_dsl::diagnostic::render;
use relance_dsl::parse::{MAX_DEPTH, MAX_FILE_BYTES, parse};
use relance_dsl::span::{FileId, Span};
use support::{Outcome, outcome};

const GOOD: &str = include_str!("good/whole_firm.relance");
const MANY_FORMS: &str = include_str!("good/every_form.relance");

/// Pieces of the language, to be thrown together.
const PIECES: &[&str] = &[
    "segments {",
    "}",
    "{",
    "(",
    ")",
    "\n",
    ";",
    ",",
    "\"",
    "when",
    "otherwise",
    "key",
    "\"Titre\"",
    "account.overdue",
    "customer.country",
    "score",
    "is",
    "is not",
    "one of",
    "has tag",
    ">=",
    "<",
    "=",
    "500 000 EUR",
    "10 %",
    "1.000,00",
    "5 days",
    "3",
    "and",
    "or",
    "not",
    "scenario",
    "for",
    "small",
    "language",
    "fr",
    "else",
    "tone",
    "warm",
    "send",
    "on",
    "business days of",
    "france",
    "09:00 to 17:30",
    "customer time",
    "contact",
    "role",
    "main",
    "group by customer",
    "ignore invoices under",
    "limit",
    "1 message per",
    "entry at level",
    "hold while",
    "disputed",
    "courtesy {",
    "dunning {",
    "level",
    "1",
    "step",
    "before due",
    "after due",
    "after level",
    "email template",
    "call",
    "script",
    "assign",
    "within",
    "thanks {",
    "when paid in full {",
    "at most once per",
    "calendar",
    "based on",
    "closed on",
    "saturday",
    "holiday",
    "1 day after easter",
    "on 1 may",
    "score payer from 0 to 100 start 60 {",
    "add",
    "subtract",
    "per day of",
    "above",
    "at most",
    "bands {",
    "good from 70",
    "// note\n",
    "é",
    "€",
    "“",
    "test",
    "niveau",
    "-",
    "use std.france",
    "edition 2026",
];

fn pieces() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..80).prop_map(|words| words.join(" "))
}

/// A good file with some stretches cut out, doubled, or replaced.
fn mutated() -> impl Strategy<Value = String> {
    let cut = (
        any::<prop::sample::Index>(),
        0..40_usize,
        prop::sample::select(PIECES),
        any::<bool>(),
    );
    prop::collection::vec(cut, 1..6).prop_map(|cuts| {
        let mut chars: Vec<char> = MANY_FORMS.chars().collect();
        for (at, length, piece, doubled) in cuts {
            let at = at.index(chars.len());
            let end = (at + length).min(chars.len());
            let old: Vec<char> = chars.get(at..end).unwrap_or_default().to_vec();
            let new = piece.chars().chain(if doubled { old } else { Vec::new() });
            let new: Vec<char> = new.collect();
            chars.splice(at..end, new);
        }
        chars.into_iter().collect()
    })
}

fn within(span: Span, text: &str) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    start <= end && end <= text.len() && text.is_char_boundary(start) && text.is_char_boundary(end)
}

/// All places that a file's tree and its diagnostics name.
fn check_places(text: &str, outcome: &Outcome) {
    let (tree, _) = parse(FileId(0), text);
    for span in places(&tree) {
        assert!(within(span, text), "{span:?} of {}", text.len());
    }
    for d in &outcome.diagnostics {
        let secondary = d.secondary.iter().map(|l| l.span);
        let fix = d.fix.iter().map(|f| f.span);
        for span in std::iter::once(d.primary.span).chain(secondary).chain(fix) {
            let source = outcome.sources.get(span.file).expect("the file is there");
            assert!(
                within(span, &source.text),
                "{span:?} of {}: {d:?}",
                source.text.len()
            );
        }
        for message in [&d.message.en, &d.message.fr] {
            assert!(!message.is_empty() && message.len() < 4000, "{d:?}");
        }
    }
}

/// All places that a tree holds, whatever holds them: each shows in the tree's debug form.
fn places(tree: &File) -> Vec<Span> {
    let shown = format!("{tree:?}");
    let number = |text: &str| -> u32 {
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        digits.parse().expect("a number follows")
    };
    shown
        .split("Span { file: FileId(0), start: ")
        .skip(1)
        .map(|rest| {
            let (start, after) = rest.split_once(", end: ").expect("an end follows the start");
            Span {
                file: FileId(0),
                start: number(start),
                end: number(after),
            }
        })
        .collect()
}

/// Everything that is done with a rule file.
fn all_of_it(text: &str) {
    let outcome = outcome(&[("rules.relance", text)]);
    check_places(text, &outcome);
    let drawn = render(&outcome.diagnostics, &outcome.sources, false, None);
    assert_eq!(drawn.is_empty(), outcome.diagnostics.is_empty());
    let _ = render(&outcome.diagnostics, &outcome.sources, true, None);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_read_without_a_panic(text in any::<String>()) {
        all_of_it(&text);
    }

    #[test]
    fn any_words_of_the_language_are_read_without_a_panic(text in pieces()) {
        all_of_it(&text);
    }

    #[test]
    fn any_mutation_of_a_good_file_is_read_without_a_panic(text in mutated()) {
        all_of_it(&text);
    }

    #[test]
    fn any_cut_of_a_good_file_is_read_without_a_panic(at in any::<prop::sample::Index>()) {
        let end = at.index(GOOD.len());
        if let Some(text) = GOOD.get(..end) {
            all_of_it(text);
        }
    }
}

#[test]
fn a_file_over_the_limit_is_refused_in_one_error() {
    let text = "x ".repeat(MAX_FILE_BYTES);
    let outcome = outcome(&[("rules.relance", &text)]);
    let codes: Vec<&str> = outcome.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["RL0001"]);
    assert!(outcome.rulebook.is_none());
}

#[test]
fn the_deepest_allowed_nesting_is_read_and_one_more_is_refused() {
    let text = |depth: usize| {
        let (open, close) = ("(".repeat(depth), ")".repeat(depth));
        format!("segments {{ a when {open}account.open_invoices > 3{close} b otherwise }}")
    };
    assert!(
        outcome(&[("rules.relance", &text(MAX_DEPTH - 1))])
            .rulebook
            .is_some()
    );
    let refused = outcome(&[("rules.relance", &text(MAX_DEPTH))]);
    let codes: Vec<&str> = refused.diagnostics.iter().map(|d| d.code).collect();
    assert_eq!(codes, ["RL0002"]);
}

/// Texts that would make a careless parser slow or deep.
#[test]
fn large_hostile_texts_are_read_to_the_end() {
    let size = 24 * 1024;
    let filled = |before: &str, piece: &str, after: &str| {
        format!(
            "{before}{}{after}",
            piece.repeat((size - before.len() - after.len()) / piece.len())
        )
    };
    let texts = [
        filled("", "a", ""),
        filled("", "{} ", ""),
        "scenario a for b {\n".repeat(60),
        format!("scenario a for b {}", "{ x ".repeat(60)),
        format!("segments {{ a when {}", "( ".repeat(60)),
        filled("", "} ", ""),
        filled("", "\"", ""),
        filled("", "segments {\n", ""),
        filled("", "// note\n", ""),
        filled("segments { a when ", "not ", "account.open_invoices > 3 }"),
        filled(
            "segments { a when account.open_invoices > ",
            "1 + ",
            "1 b otherwise }",
        ),
        filled(
            "segments { a when account.open_invoices > 3",
            " and account.open_invoices > 3",
            " b otherwise }",
        ),
        filled("segments {\n", "bad line\n", "}"),
        filled(
            "scenario a for b {\n",
            "  dunning {\n level 1 x 3 days {\n } }\n",
            "",
        ),
        filled("scenario a for b { language fr\n", "limit 1 message per\n", "}"),
        filled(
            "segments { a when customer.country is one of FR",
            ", FR",
            " b otherwise }",
        ),
    ];
    for text in texts {
        let outcome = outcome(&[("rules.relance", &text)]);
        let drawn = render(&outcome.diagnostics, &outcome.sources, false, None);
        assert!(!drawn.is_empty() || outcome.rulebook.is_some());
    }
}

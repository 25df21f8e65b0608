//! The examples of the pages about codes show what they say.

mod support;

use relance_dsl::codes::{self, Code};
use relance_dsl::lang::Lang;
use support::outcome;

/// An example, in each surrounding in which it may be meant to stand.
fn surrounded(example: &str) -> Vec<String> {
    let segments = "segments { small otherwise }\n";
    let level = "level 1 reminder 8 days after due { email template reminder }";
    let scenario = |inner: &str| {
        format!(
            "use std.france\n{segments}scenario calm for small {{\n language customer.language else fr\n{inner}\n}}\n"
        )
    };
    let bands = "bands { good from 70, poor }";
    vec![
        example.to_owned(),
        format!("segments {{\n{example}\nsmall otherwise\n}}\n"),
        format!("score payer from 0 to 100 start 60 {{\n{example}\n{bands}\n}}\n"),
        scenario(&format!("{example}\ndunning {{ {level} }}")),
        scenario(&format!("dunning {{\n{example}\n}}")),
    ]
}

fn said(text: &str) -> Vec<&'static str> {
    let outcome = outcome(&[("rules.relance", text)]);
    outcome.diagnostics.iter().map(|d| d.code).collect()
}

/// Not those about size, whose examples nobody would read, and about templates and scripts, which other crates read.
fn has_example(code: &&Code) -> bool {
    !code.bad.is_empty() && !code.code.starts_with("RL09") && !code.code.starts_with("RL11")
}

#[test]
fn the_bad_example_of_a_code_gets_that_code_and_no_other() {
    let mut wrong = Vec::new();
    for code in codes::ALL.iter().filter(has_example) {
        let shown = surrounded(code.bad);
        let found = shown.iter().any(|text| {
            let said = said(text);
            !said.is_empty() && said.iter().all(|c| *c == code.code)
        });
        if !found {
            wrong.push((code.code, shown.iter().map(|text| said(text)).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_good_example_of_a_code_gets_no_code_at_all() {
    for code in codes::ALL.iter().filter(has_example) {
        let shown = surrounded(code.good);
        let all: Vec<_> = shown.iter().map(|text| said(text)).collect();
        assert!(all.iter().any(Vec::is_empty), "{}: {all:?}", code.code);
    }
}

#[test]
fn every_code_says_what_and_why() {
    for code in codes::ALL {
        for lang in [Lang::English, Lang::French] {
            let (title, what, why) = (code.title(lang), code.what(lang), code.why(lang));
            assert!(!title.is_empty() && !title.ends_with('.'), "{}", code.code);
            let sentences = [what, why].iter().all(|s| s.ends_with('.'));
            assert!(sentences, "{}", code.code);
            let page = codes::page(code, lang);
            assert!([title, what, why].iter().all(|s| page.contains(s)), "{page}");
        }
        for words in [code.title, code.what, code.why] {
            assert_ne!(words.en, words.fr, "{}", code.code);
        }
        assert_eq!(codes::find(code.code), Some(code));
    }
    let without: Vec<&str> = codes::ALL
        .iter()
        .filter(|c| c.bad.is_empty())
        .map(|c| c.code)
        .collect();
    assert_eq!(without, ["RL0001", "RL0002", "RL0028", "RL0906", "RL0909"]);
}

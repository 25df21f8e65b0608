//! Rules with tests in the language, played.

#![allow(dead_code, reason = "each test file uses a part of it")]

use std::sync::Arc;

use relance_rules::dsl::diagnostic::render;
use relance_rules::dsl::lang::Lang;
use relance_rules::proof::{self, Outcome};
use relance_rules::rulebook::{Files, Rulebook, build};

/// A rulebook of these rules and a file of tests, with a template of each name in each language.
pub fn rulebook(rules: &str, tests: &str, templates: &[&str], languages: &[&str]) -> Arc<Rulebook> {
    let mut files = Files::default();
    files.0.insert("rules.relance".into(), rules.into());
    files.0.insert("tests/a.relance".into(), tests.into());
    for name in templates {
        for language in languages {
            let path = format!("templates/{name}.{language}.md");
            files.0.insert(path, "text".into());
        }
    }
    let built = build(&files);
    let shown = render(&built.diagnostics, &built.sources, false, Some(Lang::English));
    built.rulebook.unwrap_or_else(|| panic!("{shown}"))
}

/// A file with one test of these lines.
pub fn one_test(lines: &str) -> String {
    format!("edition 2026\ntest \"it\" {{\n{lines}\n}}\n")
}

/// Plays the tests of a rulebook; what is wrong is said in a language, or in that of the file.
pub fn outcomes(rulebook: &Rulebook, said_in: Option<Lang>) -> Vec<Outcome> {
    let tests = rulebook.checked.tests.iter();
    tests.map(|test| proof::run(rulebook, test, said_in)).collect()
}

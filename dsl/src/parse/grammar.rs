//! The parser that pest makes of `grammar.pest`.
#![allow(
    missing_docs,
    reason = "one variant for each rule of the grammar, which is its documentation"
)]

/// The grammar.
#[derive(pest_derive::Parser)]
#[grammar = "grammar.pest"]
#[grammar = "keywords.pest"]
pub(crate) struct Grammar;

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use pest::Parser as _;

    use super::{Grammar, Rule};

    /// An amount without its currency is a mistake; the word for a language has a test of its own in `format.rs`; the others are only
    /// looked ahead for, or stand inside of a rule that is read as one text.
    const SEEN_OTHERWISE: [&str; 7] = [
        "bare_amount",
        "kw_english",
        "kw_french",
        "dotted",
        "curly",
        "quoted_name",
        "fr_on_due",
    ];

    /// Rules that are kept in the tree and that a good file can show: the table of words, and `name = {` or `name = @{` in the grammar.
    fn forms() -> BTreeSet<String> {
        let grammar = [include_str!("../grammar.pest"), include_str!("../keywords.pest")];
        let lines = grammar.iter().flat_map(|text| text.lines());
        let rules = lines.filter_map(|line| line.split_once('=')).filter(|(_, is)| {
            let is = is.trim_start();
            is.starts_with('{') || is.starts_with("@{") || is.starts_with("${")
        });
        let names = rules.map(|(name, _)| name.trim().to_owned());
        names
            .filter(|name| {
                !["bad_", "whole_"]
                    .iter()
                    .any(|of_mistakes| name.starts_with(of_mistakes))
            })
            .filter(|name| !name.ends_with("_slip"))
            .filter(|name| !SEEN_OTHERWISE.contains(&name.as_str()))
            .collect()
    }

    #[test]
    fn every_form_of_the_grammar_stands_in_the_files_that_the_formatter_is_tried_with() {
        let files = [
            include_str!("../../tests/good/every_form.relance"),
            include_str!("../../tests/good/toutes_les_formes.relance"),
            include_str!("../../tests/good/fields_of_ones_own.relance"),
        ];
        let mut seen = BTreeSet::new();
        for text in files {
            let pairs = Grammar::parse(Rule::file, text).expect("a good file is read");
            seen.extend(pairs.flatten().map(|pair| format!("{:?}", pair.as_rule())));
        }
        let forms = forms();
        let missing: Vec<&String> = forms.difference(&seen).collect();
        assert!(forms.len() > 300, "{} forms", forms.len());
        assert!(missing.is_empty(), "in no good file: {missing:?}");
    }
}

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

//! The formatter: one layout for all rule files, and their translation into the other vocabulary.
//!
//! It works on the parse itself and not on the tree: each token of the parse is printed, so nothing can be lost. Comments
//! stand in the gaps between tokens and go with the token that they stand by.

mod acts;
mod facts;
mod layout;
mod lines;
mod spelling;
mod tokens;
mod words;

use pest::Parser;

use crate::diagnostic::{Diagnostic, Severity};
use crate::lang::Lang;
use crate::parse::grammar::{Grammar, Rule};
use crate::parse::node::Node;
use crate::span::FileId;
use crate::vocabulary::Vocabulary;

/// The text in the one layout that all rule files have; with `to`, in that language.
///
/// Formatting what is formatted changes nothing. Names that the firm gives, titles and comments are never translated.
///
/// # Errors
///
/// The diagnostics of a file that cannot be read; it is not formatted. Their places are in file 0.
pub fn format(text: &str, vocabulary: &Vocabulary, to: Option<Lang>) -> Result<String, Vec<Diagnostic>> {
    let id = FileId(0);
    let (file, diagnostics) = crate::parse::parse(id, text);
    if diagnostics.iter().any(|d| d.severity == Severity::Error) {
        return Err(diagnostics);
    }
    let to = to.unwrap_or(file.lang);
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let mut out = String::new();
    // What `parse` has read, the grammar reads.
    for pair in Grammar::parse(Rule::file, &text).into_iter().flatten() {
        let node = Node::new(pair, id);
        let spelled = words::spell(&node, vocabulary, file.lang, to);
        let tokens = tokens::tokens(&node, &text, &spelled);
        out.push_str(&lines::print(&layout::layout(&node, &tokens, to)));
    }
    if Lang::of_source(&out) != to {
        // Nothing else in it tells the language.
        let edition = to.pick("edition 2026\n", "édition 2026\n");
        out.insert_str(0, edition);
    }
    Ok(out)
}

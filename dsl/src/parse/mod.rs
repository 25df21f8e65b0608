//! Text to tree. Never fails: what is not understood is reported and left out.

pub(crate) mod act;
pub(crate) mod calendar;
mod declare;
mod expr;
mod fields;
mod file;
pub(crate) mod grammar;
mod limits;
mod literal;
pub(crate) mod node;
mod number;
mod other_language;
mod reader;
mod scenario;
mod score;
mod segments;
pub(crate) mod settings;
mod step;
mod test;
mod trouble;
pub(crate) mod words;

use pest::Parser;

use crate::ast::{Broken, BrokenKind, File};
use crate::diagnostic::{Diagnostic, Severity};
use crate::span::FileId;
use grammar::{Grammar, Rule};
use node::Node;
use reader::Reader;

pub use limits::{MAX_DEPTH, MAX_FILE_BYTES};
pub use words::plain;

/// Reads one file. Whatever the text is, this returns, with one diagnostic for each statement that was not understood.
pub fn parse(id: FileId, text: &str) -> (File, Vec<Diagnostic>) {
    let mut reader = Reader::new(id, text);
    let mut file = File {
        id,
        lang: reader.lang,
        edition: None,
        items: Vec::new(),
        broken: Vec::new(),
        has_errors: false,
    };
    let whole = node::span(id, 0, text.len());
    if let Some(refusal) = limits::refusal(id, text) {
        reader.report(refusal);
        reader.broken(BrokenKind::Anything, whole);
    } else {
        match Grammar::parse(Rule::file, text) {
            Ok(pairs) => {
                for pair in pairs {
                    let node = Node::new(pair, id);
                    reader.file(&node, &mut file);
                    reader.other_language(&node);
                }
            }
            // Cannot be: whatever stands in a file, `bad_top` takes it.
            Err(_) => {
                reader.report(trouble::not_understood(whole));
                reader.broken(BrokenKind::Anything, whole);
            }
        }
    }
    let (diagnostics, broken) = reader.finish();
    file.has_errors = diagnostics.iter().any(|d| d.severity == Severity::Error);
    file.broken = broken;
    (file, diagnostics)
}

/// For [`Broken`] pieces: what the checker keeps quiet about.
fn broken(kind: BrokenKind, span: crate::span::Span) -> Broken {
    Broken { kind, span }
}

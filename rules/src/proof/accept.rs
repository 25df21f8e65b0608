//! Timelines as they came, written into the source: only what stands between their braces changes.

use std::collections::BTreeMap;

use relance_dsl::span::FileId;

use super::{Outcome, Rewritten};
use crate::rulebook::Rulebook;

/// A file with its timelines as they came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accepted {
    /// Its path, relative to the rulebook folder.
    pub path: String,
    /// Its whole new text.
    pub text: String,
    /// How many timelines were written.
    pub timelines: usize,
}

/// The files in which a timeline came otherwise than it is written, in order of their paths.
pub fn accept(rulebook: &Rulebook, outcomes: &[Outcome]) -> Vec<Accepted> {
    let mut by_file: BTreeMap<FileId, Vec<&Rewritten>> = BTreeMap::new();
    for rewritten in outcomes.iter().flat_map(|o| &o.rewritten) {
        by_file.entry(rewritten.braces.file).or_default().push(rewritten);
    }
    let mut accepted = Vec::new();
    for (file, mut timelines) in by_file {
        let Some(source) = rulebook.checked.sources.get(file) else {
            continue;
        };
        let mut text = source.text.clone();
        // From the end, so that the places before stay right.
        timelines.sort_by_key(|timeline| std::cmp::Reverse(timeline.braces.start));
        for timeline in &timelines {
            let (from, to) = (timeline.braces.start as usize, timeline.braces.end as usize);
            let block = block(&source.text, from, &timeline.lines);
            if text.get(from..to).is_some() {
                text.replace_range(from..to, &block);
            }
        }
        accepted.push(Accepted {
            path: source.path.clone(),
            text,
            timelines: timelines.len(),
        });
    }
    accepted.sort_by(|a, b| a.path.cmp(&b.path));
    accepted
}

/// The braces with the lines between them, indented by two spaces more than the line in which they open, with the line breaks of the
/// file.
fn block(text: &str, open: usize, lines: &[String]) -> String {
    let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let before = text.get(..open).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let indent: String = line.chars().take_while(|c| *c == ' ' || *c == '\t').collect();
    let mut block = format!("{{{newline}");
    for line in lines {
        // A text of the language cannot hold a quote.
        let line = line.replace('"', "'");
        block.push_str(&format!("{indent}  \"{line}\"{newline}"));
    }
    block.push_str(&indent);
    block.push('}');
    block
}

//! Makes the replacements that diagnostics propose.

use std::collections::BTreeMap;

use super::{Diagnostic, Fix};
use crate::span::{FileId, SourceMap};

/// Stands where bytes could not be read as text: a file with it is never written, what it was is lost.
const LOST: char = '\u{fffd}';

/// Where the files of the standard library seem to stand. They are part of the program.
const STANDARD: &str = "std/";

/// A file with its replacements made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mended {
    /// The new text.
    pub text: String,
    /// How many places were replaced.
    pub places: usize,
}

/// The files that change when all proposed replacements are made that do not overlap, by path. Files of the standard library and
/// files that are not UTF-8 are left as they are.
pub fn apply(sources: &SourceMap, diagnostics: &[Diagnostic]) -> BTreeMap<String, Mended> {
    let fixes = diagnostics.iter().filter_map(|d| d.fix.as_ref());
    let mut mended = BTreeMap::new();
    for (file, fixes) in select(sources, fixes) {
        if let Some(source) = sources.get(file) {
            let one = Mended {
                text: replaced(&source.text, sources, &fixes),
                places: fixes.len(),
            };
            mended.insert(source.path.clone(), one);
        }
    }
    mended
}

/// The replacements that can be made together, by file and in the order of their places: of several that overlap, the first.
pub fn select<'a>(
    sources: &SourceMap,
    fixes: impl IntoIterator<Item = &'a Fix>,
) -> BTreeMap<FileId, Vec<&'a Fix>> {
    let mut possible: Vec<&Fix> = fixes
        .into_iter()
        .filter(|fix| can_be_made(fix, sources))
        .collect();
    possible.sort_by_key(|fix| fix.span);
    let mut chosen: BTreeMap<FileId, Vec<&Fix>> = BTreeMap::new();
    for fix in possible {
        let before = chosen.entry(fix.span.file).or_default();
        // Two insertions at one place have no order: the second waits for the next round.
        let free = before
            .last()
            .is_none_or(|last| last.span.end <= fix.span.start && last.span.start < fix.span.start);
        if free {
            before.push(fix);
        }
    }
    chosen
}

/// Whether a replacement is inside of a file that may be written, and changes it.
fn can_be_made(fix: &Fix, sources: &SourceMap) -> bool {
    let Some(source) = sources.get(fix.span.file) else {
        return false;
    };
    let now = source.text.get(fix.span.start as usize..fix.span.end as usize);
    let wanted = fix.replacement.get(source.lang);
    !source.path.starts_with(STANDARD) && !source.text.contains(LOST) && now.is_some_and(|now| now != wanted)
}

fn replaced(text: &str, sources: &SourceMap, fixes: &[&Fix]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for fix in fixes {
        out.push_str(text.get(at..fix.span.start as usize).unwrap_or(""));
        out.push_str(fix.replacement.get(sources.lang(fix.span)));
        at = fix.span.end as usize;
    }
    out.push_str(text.get(at..).unwrap_or(""));
    out
}

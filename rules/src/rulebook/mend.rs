//! Makes the fixes that diagnostics propose, again and again, until nothing changes.

use std::collections::BTreeMap;

use relance_dsl::diagnostic::{Diagnostic, Severity, fixes};

use super::{Built, Files};

/// Most rounds: one fix may bring to light what another one mends.
const ROUNDS: usize = 10;

/// Files with their fixes made.
#[derive(Debug, Clone)]
pub struct Mended {
    /// All files, mended or not.
    pub files: Files,
    /// The files that changed, and how many places of each were mended.
    pub places: BTreeMap<String, usize>,
    /// What is left.
    pub built: Built,
}

/// Makes all fixes that do not overlap, checks again, and goes on while something changes. What would leave more errors
/// than there were is not done.
pub fn mend(files: &Files, check: impl Fn(&Files) -> Built) -> Mended {
    let mut mended = Mended {
        files: files.clone(),
        places: BTreeMap::new(),
        built: check(files),
    };
    for _ in 0..ROUNDS {
        let paths: Vec<String> = fixes::apply(&mended.built.sources, &mended.built.diagnostics)
            .into_keys()
            .collect();
        let mut changed = false;
        for path in paths {
            changed |= mend_file(&mut mended, &path, &check);
        }
        if !changed {
            break;
        }
    }
    mended
}

/// All fixes of a file together; when that makes it worse, one by one. Says whether something changed.
fn mend_file(mended: &mut Mended, path: &str, check: &impl Fn(&Files) -> Built) -> bool {
    if try_fixes(mended, path, check, |_| true) {
        return true;
    }
    let count = of_file(&mended.built, path).count();
    // From the last to the first: the places of those before do not move.
    let mut changed = false;
    for one in (0..count).rev() {
        changed |= try_fixes(mended, path, check, |index| index == one);
    }
    changed
}

/// Makes the wanted ones of the fixes of a file, unless that leaves more errors.
fn try_fixes(
    mended: &mut Mended,
    path: &str,
    check: &impl Fn(&Files) -> Built,
    wanted: impl Fn(usize) -> bool,
) -> bool {
    let chosen: Vec<Diagnostic> = of_file(&mended.built, path)
        .enumerate()
        .filter(|(index, _)| wanted(*index))
        .map(|(_, d)| d.clone())
        .collect();
    let Some(one) = fixes::apply(&mended.built.sources, &chosen).remove(path) else {
        return false;
    };
    let mut files = mended.files.clone();
    files.0.insert(path.to_owned(), one.text);
    let built = check(&files);
    if errors(&built, path) > errors(&mended.built, path) {
        return false;
    }
    mended.files = files;
    mended.built = built;
    *mended.places.entry(path.to_owned()).or_default() += one.places;
    true
}

/// The diagnostics with a fix in this file.
fn of_file<'a>(built: &'a Built, path: &'a str) -> impl Iterator<Item = &'a Diagnostic> {
    built.diagnostics.iter().filter(move |d| {
        let file = d.fix.as_ref().and_then(|fix| built.sources.get(fix.span.file));
        file.is_some_and(|source| source.path == path)
    })
}

/// How many errors count when a file changes: those of all rule files, which know each other. Those of templates come to light
/// only when the rules have none: of templates only the one that changes counts.
fn errors(built: &Built, changed: &str) -> usize {
    let counts = |d: &&Diagnostic| {
        let path = built
            .sources
            .get(d.primary.span.file)
            .map_or("", |s| s.path.as_str());
        d.severity == Severity::Error && (path.ends_with(".relance") || path == changed)
    };
    built.diagnostics.iter().filter(counts).count()
}

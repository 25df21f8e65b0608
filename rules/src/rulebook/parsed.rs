//! Rule files as trees: several are read at a time, and all are kept from one build to the next.

use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

use relance_dsl::ast;
use relance_dsl::diagnostic::Diagnostic;
use relance_dsl::parse::parse;
use relance_dsl::span::{FileId, SourceMap};

/// So many bytes take longer to read than a thread takes to start.
const WORTH_A_THREAD: usize = 64 * 1024;

/// Most threads that read one rulebook.
const MOST_THREADS: usize = 8;

/// What was read of the rule files of one build, for the next: a file that has the same text in the same place among them is not
/// read again. Clones share it.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    sources: Arc<SourceMap>,
    trees: Vec<Arc<Tree>>,
}

/// What was read of one file.
#[derive(Debug)]
pub(super) struct Tree {
    /// What could be understood.
    pub file: ast::File,
    /// What could not.
    pub diagnostics: Vec<Diagnostic>,
}

impl Tree {
    fn of(id: FileId, text: &str) -> Arc<Self> {
        let (file, diagnostics) = parse(id, text);
        Arc::new(Self { file, diagnostics })
    }
}

impl Parsed {
    /// What was read of these sources.
    pub(super) fn new(sources: Arc<SourceMap>, trees: Vec<Arc<Tree>>) -> Self {
        Self { sources, trees }
    }

    /// Reads the sources for which there is no tree yet; they stand in one order.
    pub(super) fn read(&self, sources: &SourceMap, trees: &mut Vec<Arc<Tree>>) {
        let files: Vec<(FileId, &str)> = sources
            .iter()
            .skip(trees.len())
            .map(|(id, source)| (id, source.text.as_str()))
            .collect();
        let kept: Vec<_> = files.iter().map(|(id, text)| self.kept(*id, text)).collect();
        let is_new = kept.iter().zip(&files).filter(|(kept, _)| kept.is_none());
        let new: Vec<_> = is_new.map(|(_, file)| *file).collect();
        let mut new = read_all(&new).into_iter();
        trees.extend(kept.into_iter().filter_map(|kept| kept.or_else(|| new.next())));
    }

    /// The tree of a file, if its text is the same.
    fn kept(&self, id: FileId, text: &str) -> Option<Arc<Tree>> {
        let tree = self.trees.get(usize::try_from(id.0).ok()?)?;
        let source = self.sources.get(id)?;
        (source.text == text).then(|| tree.clone())
    }
}

/// Reads all files, in as many threads as they are worth.
fn read_all(files: &[(FileId, &str)]) -> Vec<Arc<Tree>> {
    let bytes: usize = files.iter().map(|(_, text)| text.len()).sum();
    let most = available_parallelism().map_or(1, NonZero::get).min(MOST_THREADS);
    let threads = (bytes / WORTH_A_THREAD).min(most);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some((id, text)) = files.get(at) else {
                return done;
            };
            done.push((at, Tree::of(*id, text)));
        }
    };
    let mut trees: Vec<Option<Arc<Tree>>> = vec![None; files.len()];
    scope(|scope| {
        // A thread that cannot be had leaves its work to the others.
        let others = (1..threads).filter_map(|_| Builder::new().spawn_scoped(scope, work).ok());
        let others: Vec<_> = others.collect();
        let here = work();
        let done = others
            .into_iter()
            .flat_map(|other| other.join().unwrap_or_default());
        for (at, tree) in here.into_iter().chain(done) {
            if let Some(place) = trees.get_mut(at) {
                *place = Some(tree);
            }
        }
    });
    let left_out = |(tree, (id, text)): (Option<Arc<Tree>>, &(FileId, &str))| {
        tree.unwrap_or_else(|| Tree::of(*id, text))
    };
    trees.into_iter().zip(files).map(left_out).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Built, Files, build, build_again};
    use super::*;

    fn files(list: &[(&str, &str)]) -> Files {
        let owned = |(path, text): &(&str, &str)| ((*path).to_owned(), (*text).to_owned());
        Files(list.iter().map(owned).collect())
    }

    /// All that can be seen of a build.
    fn seen(built: &Built) -> String {
        let rulebook = built.rulebook.as_ref().map(|r| (&r.checked, &r.content_hash));
        format!("{:?}\n{:?}\n{rulebook:?}", built.diagnostics, built.sources)
    }

    #[test]
    fn a_build_after_another_gives_what_one_from_nothing_gives() {
        let segments = "edition 2026\nsegments { small otherwise }\n";
        let scenario = "edition 2026\nuse std.france\nscenario s for small { language fr\n\
                        dunning { level 1 a 3 days after due { email template reminder } } }\n";
        let states = [
            files(&[("b.relance", scenario), ("c.relance", segments)]),
            // Changed, then broken.
            files(&[
                ("b.relance", &scenario.replace('3', "4")),
                ("c.relance", segments),
            ]),
            files(&[
                ("b.relance", &scenario.replace("level", "lvel")),
                ("c.relance", segments),
            ]),
            // One more before the others, and two that have changed places.
            files(&[
                ("a.relance", "edition 2026\n// more\n"),
                ("b.relance", scenario),
                ("c.relance", segments),
            ]),
            files(&[("b.relance", segments), ("c.relance", scenario)]),
            // One less, so that a name is missing; and nothing of the standard library.
            files(&[("c.relance", scenario)]),
            files(&[("b.relance", segments), ("templates/reminder.md", "x")]),
        ];
        let mut before = Parsed::default();
        for files in states.iter().chain(states.iter().rev()) {
            let again = build_again(&before, files);
            assert_eq!(seen(&again), seen(&build(files)), "{files:?}");
            before = again.parsed;
        }
    }

    #[test]
    fn a_file_that_is_the_same_is_not_read_again() {
        let of = |b: &str| build(&files(&[("a.relance", "edition 2026\n"), ("b.relance", b)])).parsed;
        let before = of("edition 2026\n// one\n");
        let after = files(&[
            ("a.relance", "edition 2026\n"),
            ("b.relance", "edition 2026\n// two\n"),
        ]);
        let after = build_again(&before, &after).parsed;
        let same = |at: usize| Arc::ptr_eq(&before.trees[at], &after.trees[at]);
        assert!(same(0));
        assert!(!same(1));
    }

    #[test]
    fn trees_stand_in_the_order_of_their_files() {
        let text = "// a line that says nothing\n".repeat(400);
        let mut sources = SourceMap::default();
        for n in 0..12 {
            sources.add(format!("{n}.relance"), format!("edition {}\n{text}", 2000 + n));
        }
        let mut trees = Vec::new();
        Parsed::default().read(&sources, &mut trees);
        assert_eq!(trees.len(), 12);
        for (n, tree) in (0..).zip(&trees) {
            assert_eq!(tree.file.id, FileId(n));
            assert_eq!(tree.file.edition.as_ref().unwrap().value, 2000 + n);
        }
    }
}

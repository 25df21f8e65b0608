//! From files to a rulebook: parse all, check all, gather templates, hash.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

use relance_dsl::ast;
use relance_dsl::check::check;
use relance_dsl::diagnostic::{Diagnostic, Severity};
use relance_dsl::span::SourceMap;
use relance_dsl::vocabulary::Surroundings;
use relance_stdlib::Module;
use sha2::{Digest, Sha256};

use super::parsed::{Parsed, Tree};
use super::renames::Renames;
use super::templates::{self, is_misplaced_template, is_template_file, template_name};
use super::{Built, Files, Rulebook, Shelf, TemplateText, Ways, carried_out, encoding, offers};
use crate::compiled::Compiled;
use crate::hooks::{Scripts, is_misplaced_script, is_script};
use crate::vocabulary::VOCABULARY;

/// Where the standard templates seem to stand.
const STANDARD_TEMPLATES: &str = "std/templates/";

/// Reads, checks and gathers a whole rulebook, with the standard modules that it uses. Never fails: what is wrong is in the
/// diagnostics. The order of the files makes no difference.
pub fn build(files: &Files) -> Built {
    build_again(&Parsed::default(), files)
}

/// [`build`] after another build, which makes it faster: files that have not changed are not read again. What it gives is the same.
pub fn build_again(before: &Parsed, files: &Files) -> Built {
    let mut gathered = Gathered::default();
    for (path, text) in &files.0 {
        if is_rule_file(path) {
            gathered.sources.add(path, text);
        }
    }
    before.read(&gathered.sources, &mut gathered.trees);
    let modules = gathered.add_modules(before);
    let mut own = Shelf::new();
    for (path, text) in &files.0 {
        if is_template_file(path) {
            gathered.add_template(path, path, text, &mut own);
        }
    }
    let mut standard = Shelf::new();
    // Modules share the standard templates: each counts once, however many modules are used.
    let shared: BTreeMap<_, _> = modules.iter().flat_map(|m| m.templates).copied().collect();
    for (name, text) in shared {
        let path = format!("{STANDARD_TEMPLATES}{name}");
        gathered.add_template(name, &path, text, &mut standard);
    }
    for (path, text) in &files.0 {
        if is_script(path) {
            gathered.add_script(path, text);
        }
    }
    for (path, text) in &files.0 {
        let (template, script) = (is_misplaced_template(path, text), is_misplaced_script(path));
        if (template || script) && !encoding::is_damaged(text) {
            let author = gathered.sources.author_lang();
            let file = gathered.sources.add_in(author, path, text);
            if script {
                gathered.scripts.misplaced(path, file);
            } else {
                gathered.diagnostics.push(templates::misplaced(file, path));
            }
        }
    }
    gathered.finish(own, standard)
}

fn is_rule_file(path: &str) -> bool {
    path.ends_with(".relance")
}

/// What has been read so far.
#[derive(Default)]
struct Gathered {
    sources: SourceMap,
    trees: Vec<Arc<Tree>>,
    scripts: Scripts,
    diagnostics: Vec<Diagnostic>,
}

impl Gathered {
    /// Adds the rules of all modules that are used, by the rulebook or by another module. A name that is no module is left to the
    /// checker.
    fn add_modules(&mut self, before: &Parsed) -> Vec<&'static Module> {
        let mut modules: BTreeMap<&str, &'static Module> = BTreeMap::new();
        let mut seen = 0;
        while let Some(tree) = self.trees.get(seen) {
            seen += 1;
            let used: Vec<_> = tree
                .file
                .uses()
                .filter_map(|(name, _)| relance_stdlib::module(name))
                .collect();
            for module in used {
                if modules.insert(module.name, module).is_none() {
                    for (path, text) in module.rules {
                        self.sources.add(*path, *text);
                    }
                    before.read(&self.sources, &mut self.trees);
                }
            }
        }
        modules.into_values().collect()
    }

    fn add_template(&mut self, name: &str, path: &str, text: &str, shelf: &mut Shelf) {
        // A template may be in any language: what is wrong with it is told in that of the rules.
        let id = self.sources.add_in(self.sources.author_lang(), path, text);
        match template_name(name) {
            Some(name) => {
                let text = TemplateText {
                    path: path.to_owned(),
                    text: text.to_owned(),
                };
                shelf.insert(name, text);
            }
            None => self.diagnostics.push(templates::unreadable(id, path)),
        }
    }

    /// A script is written by people who read English; what is wrong with it is told in the language of the rules.
    fn add_script(&mut self, path: &str, text: &str) {
        let id = self.sources.add_in(self.sources.author_lang(), path, text);
        self.scripts.add(path, id, text);
    }

    fn finish(mut self, own: Shelf, standard: Shelf) -> Built {
        let sources = Arc::new(self.sources);
        let surroundings = Surroundings {
            templates: own.keys().chain(standard.keys()).cloned().collect(),
            modules: relance_stdlib::modules()
                .iter()
                .map(|m| m.name.to_owned())
                .collect(),
            offers: offers::offers().to_vec(),
        };
        let trees: Vec<&ast::File> = self.trees.iter().map(|t| &t.file).collect();
        let (checked, more) = check(sources.clone(), &trees, &VOCABULARY, &surroundings);
        let read = self.trees.iter().flat_map(|t| &t.diagnostics);
        self.diagnostics.extend(read.cloned().chain(more));
        self.diagnostics
            .extend(checked.iter().flat_map(carried_out::refusals));
        if let Some(checked) = &checked {
            self.diagnostics
                .extend(templates::unused(checked, &own, &sources));
            self.diagnostics
                .extend(templates::untranslated(checked, &own, &standard));
        }
        let (hooks, about_scripts) = self.scripts.finish(checked.as_ref());
        self.diagnostics.extend(about_scripts);
        encoding::tell(&sources, &mut self.diagnostics);
        self.diagnostics
            .sort_by_key(|d| (d.primary.span.file, d.primary.span.start, d.primary.span.end));
        let refused = self.diagnostics.iter().any(|d| d.severity == Severity::Error);
        let rulebook = checked.filter(|_| !refused).map(|checked| {
            Arc::new(Rulebook {
                compiled: Compiled::of(&checked),
                renames: Renames::of(&checked),
                hooks,
                checked,
                content_hash: content_hash(&sources, &self.trees),
                ways: Ways::default(),
                own,
                standard,
            })
        });
        Built {
            parsed: Parsed::new(sources.clone(), self.trees),
            sources,
            diagnostics: self.diagnostics,
            rulebook,
        }
    }
}

/// SHA-256 over paths and texts of all that is in force, in the order of the paths. Lengths keep two files from being read as one.
/// Files that hold nothing but tests are left out: whoever changes a test changes no rule.
fn content_hash(sources: &SourceMap, trees: &[Arc<Tree>]) -> String {
    let only_tests = |tree: &&Arc<Tree>| {
        let items = &tree.file.items;
        !items.is_empty() && items.iter().all(|item| matches!(item, ast::Item::Test(_)))
    };
    let tests: HashSet<_> = trees.iter().filter(only_tests).map(|tree| tree.file.id).collect();
    let mut files: Vec<_> = sources
        .iter()
        .filter(|(id, _)| !tests.contains(id))
        .map(|(_, source)| source)
        .filter(|source| {
            let misplaced =
                is_misplaced_template(&source.path, &source.text) || is_misplaced_script(&source.path);
            !misplaced || source.path.starts_with(STANDARD_TEMPLATES)
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let mut hash = Sha256::new();
    for part in files.iter().flat_map(|f| [&f.path, &f.text]) {
        hash.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use relance_dsl::checked::Tone;

    fn files(list: &[(&str, &str)]) -> Files {
        Files(
            list.iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn a_template_is_found_by_name_language_and_tone() {
        let built = build(&files(&[
            ("a.relance", "edition 2026\n"),
            ("templates/reminder.fr.md", "fr"),
            ("templates/reminder.fr.firm.md", "fr firm"),
            ("templates/reminder.formal.md", "formal"),
            ("templates/sub/nudge.md", "any"),
        ]));
        let rulebook = built.rulebook.unwrap();
        let find = |name: &str, language: &str, tone| {
            rulebook.template(name, language, tone).map(|t| t.text.as_str())
        };
        assert_eq!(find("reminder", "fr", Tone::Firm), Some("fr firm"));
        assert_eq!(find("reminder", "fr", Tone::Formal), Some("fr"));
        assert_eq!(find("reminder", "de", Tone::Formal), Some("formal"));
        assert_eq!(find("reminder", "de", Tone::Warm), None);
        assert_eq!(find("nudge", "de", Tone::Warm), Some("any"));
        assert_eq!(rulebook.templates().count(), 4);
    }

    #[test]
    fn a_template_whose_file_name_cannot_be_read_is_an_error() {
        let built = build(&files(&[("templates/reminder.french.md", "x")]));
        assert!(built.rulebook.is_none());
        assert_eq!(built.diagnostics.len(), 1);
        assert_eq!(
            built.diagnostics[0].placed(&built.sources, None).place.file,
            "templates/reminder.french.md"
        );
    }

    #[test]
    fn a_template_file_is_spoken_of_in_the_language_of_the_rules() {
        let said = |edition: &str| {
            let built = build(&files(&[
                ("a.relance", edition),
                ("templates/reminder.french.md", "x"),
            ]));
            built.diagnostics[0].placed(&built.sources, None).label
        };
        assert_eq!(said("édition 2026\n"), "ce fichier");
        assert_eq!(said("edition 2026\n"), "this file");
    }

    #[test]
    fn the_content_hash_changes_with_any_text_and_any_path() {
        let hash = |list: &[(&str, &str)]| build(&files(list)).rulebook.unwrap().content_hash.clone();
        let base = hash(&[("a.relance", "edition 2026\n"), ("templates/x.md", "t")]);
        assert_eq!(base.len(), 64);
        assert_eq!(
            base,
            hash(&[
                ("a.relance", "edition 2026\n"),
                ("templates/x.md", "t"),
                ("notes.txt", "not read")
            ])
        );
        assert_ne!(
            base,
            hash(&[("b.relance", "edition 2026\n"), ("templates/x.md", "t")])
        );
        assert_ne!(
            base,
            hash(&[("a.relance", "edition 2026\n"), ("templates/x.md", "u")])
        );
        assert_ne!(
            base,
            hash(&[("a.relance", "edition 2026\n\n"), ("templates/x.md", "t")])
        );
    }

    #[test]
    fn a_file_of_tests_is_not_in_the_hash_and_one_that_also_has_rules_is() {
        let rules = "edition 2026\nsegments { small otherwise }\n";
        let test = "edition 2026\ntest \"t\" { given invoice F1 { amount 1 EUR, due 2026-02-04 } expect segment small }\n";
        let hash = |list: &[(&str, &str)]| build(&files(list)).rulebook.unwrap().content_hash.clone();
        let without = hash(&[("a.relance", rules)]);
        let with = |test: &str| hash(&[("a.relance", rules), ("a_test.relance", test)]);
        assert_eq!(without, with(test));
        assert_eq!(without, with(&test.replace("1 EUR", "2 EUR")));
        // One line of rules among the tests, and all of the file counts.
        let mixed = format!("{test}use std.france\n");
        assert_ne!(with(&mixed), with(&mixed.replace("1 EUR", "2 EUR")));
        // A file that says nothing yet is no test.
        assert_ne!(without, with("edition 2026\n"));
    }
}

//! The examples, the standard templates and the language's reference are true: a test of this module builds each of them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use relance_engine::message;
use relance_engine::rulebooks::read_folder;
use relance_engine::rules::dsl::diagnostic::{self, Severity};
use relance_engine::rules::rulebook::{self, Files};
use relance_engine::rules::vocabulary::VOCABULARY;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Builds a rulebook, templates and all; gives every problem, warnings too.
fn problems(files: &Files) -> String {
    let built = rulebook::build(files);
    let mut text = diagnostic::render(&built.diagnostics, &built.sources, false, None);
    match &built.rulebook {
        Some(rulebook) => {
            let checked = message::check(rulebook);
            text.push_str(&diagnostic::render(
                &checked.diagnostics,
                &checked.sources,
                false,
                None,
            ));
        }
        None => text.push_str("\nno rulebook"),
    }
    text
}

#[test]
fn every_example_rulebook_has_no_problem_and_no_warning() {
    let examples = root().join("examples");
    let mut seen = 0;
    let inside = |folder: &Path| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(folder).unwrap();
        entries.map(|entry| entry.unwrap().path()).collect()
    };
    let mut folders = inside(&examples);
    // Recipes stand one level deeper.
    folders.retain(|folder| !folder.ends_with("hooks"));
    folders.extend(inside(&examples.join("hooks")));
    for folder in folders {
        if folder.is_dir() {
            let files = read_folder(&folder).unwrap();
            assert_eq!(problems(&files), "", "{}", folder.display());
            seen += 1;
        }
    }
    assert!(seen >= 14, "{seen} examples");
}

#[test]
fn the_standard_library_alone_is_a_rulebook_without_problem() {
    let text = "edition 2026\nuse std.france\nuse std.segments\nuse std.scenarios\n".to_owned();
    let files = Files(BTreeMap::from([("rules.relance".to_owned(), text)]));
    assert_eq!(problems(&files), "");
}

/// The text of all blocks of the reference behind such a fence.
fn blocks<'p>(page: &'p str, fence: &str) -> Vec<&'p str> {
    let blocks = page.split(fence).skip(1);
    blocks.map(|block| block.split("```").next().unwrap()).collect()
}

/// The rulebook of the reference: one file for each vocabulary, and one of scripts.
fn reference(page: &str) -> BTreeMap<String, String> {
    BTreeMap::from([
        (
            "language.relance".to_owned(),
            blocks(page, "```relance\n").concat(),
        ),
        (
            "french.relance".to_owned(),
            blocks(page, "```relance-french\n").concat(),
        ),
        (
            "hooks/reference.rhai".to_owned(),
            blocks(page, "```rhai\n").concat(),
        ),
    ])
}

#[test]
fn the_blocks_of_the_language_reference_are_one_good_rulebook() {
    let page = std::fs::read_to_string(root().join("docs/language.md")).unwrap();
    assert_eq!(problems(&Files(reference(&page))), "");
}

#[test]
fn what_the_reference_tells_for_later_is_refused_for_that_alone() {
    let page = std::fs::read_to_string(root().join("docs/language.md")).unwrap();
    let mut refused = BTreeSet::new();
    for block in blocks(&page, "```relance-later\n") {
        let mut files = reference(&page);
        files.insert("later.relance".to_owned(), format!("edition 2026\n{block}"));
        let built = rulebook::build(&Files(files));
        let errors = || built.diagnostics.iter().filter(|d| d.severity == Severity::Error);
        let other: Vec<_> = errors().filter(|d| d.code != "RL0906").cloned().collect();
        assert_eq!(
            diagnostic::render(&other, &built.sources, false, None),
            "",
            "{block}"
        );
        assert!(
            errors().count() > 0,
            "carried out now, make it an ordinary block:\n{block}"
        );
        refused.extend(errors().map(|d| {
            let said = d.message.en.split(" is understood, ").next().unwrap();
            said.to_owned()
        }));
    }
    let table = page.split("## Not carried out yet").nth(1).unwrap();
    let rows = table
        .lines()
        .filter_map(|line| line.strip_prefix("| ")?.split(" |").next());
    let rows: BTreeSet<String> = rows.skip(1).map(str::to_owned).collect();
    assert_eq!(rows, refused, "the table of docs/language.md and what is refused");
}

#[test]
fn the_language_reference_lists_every_fact_and_no_other() {
    let page = std::fs::read_to_string(root().join("docs/language.md")).unwrap();
    for fact in VOCABULARY.facts {
        let line = format!("| `{}` | `{}` |", fact.path, fact.path_fr);
        let found = page.lines().find(|l| l.starts_with(&line));
        assert!(
            found.is_some_and(|l| l.contains(fact.doc)),
            "{} is missing or told otherwise",
            fact.path
        );
    }
    let table = page
        .split("## Facts")
        .nth(1)
        .unwrap()
        .split("\n## ")
        .next()
        .unwrap();
    let rows = table.lines().filter(|l| l.starts_with("| `")).count();
    assert_eq!(rows, VOCABULARY.facts.len());
}

#[test]
fn every_standard_template_can_be_written() {
    // A scenario that could ask for all of them, in every tone and every language.
    let acts: String = [
        "courtesy_reminder",
        "statement",
        "reminder",
        "second_reminder",
        "final_reminder",
        "formal_notice",
        "small_reminder",
        "public_reminder",
        "export_reminder",
        "promise_broken",
        "plan_missed",
        "dispute_closed",
        "interest_notice",
        "nudge",
        "thanks",
    ]
    .iter()
    .flat_map(|name| {
        ["warm", "courteous", "firm", "formal"].map(|tone| format!("email template {name} tone {tone}\n"))
    })
    .collect();
    let scripts: String = [
        "call_courtesy",
        "call_satisfaction",
        "call_reminder",
        "call_final",
        "new_contact",
    ]
    .iter()
    .map(|name| format!("call script {name}\n"))
    .collect();
    // The last takes the rest.
    let languages = ["fr", "de", "es", "it", "en"];
    let scenarios: String = languages
        .iter()
        .map(|language| {
            format!(
                "scenario in_{language} for {language}_speakers {{ language {language}\n dunning {{ level 1 all 1 day after due {{ {acts} {scripts} }} }} }}\n"
            )
        })
        .collect();
    let segments: String = languages
        .iter()
        .map(|language| match *language {
            "en" => "en_speakers otherwise\n".to_owned(),
            language => format!("{language}_speakers when customer.language is {language}\n"),
        })
        .collect();
    let text = format!("edition 2026\nuse std.europe\nsegments {{ {segments} }}\n{scenarios}");
    assert_eq!(
        problems(&Files(BTreeMap::from([("all.relance".to_owned(), text)]))),
        ""
    );
}

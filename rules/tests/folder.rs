//! What is said of the files of a rulebook as a whole, and how they are mended.

use std::collections::BTreeMap;

use relance_dsl::diagnostic::Severity;
use relance_rules::rulebook::{Built, Files, Mended, build, is_misplaced_template, mend};

const RULES: &str = "edition 2026\nuse std.france\nsegments { all otherwise }\n\
    scenario calm for all {\n  language customer.language else fr\n  \
    dunning {\n    level 1 first 8 days after due { email template first }\n    \
    level 2 second 20 days after due { email template second }\n  }\n}\n";

fn files(list: &[(&str, &str)]) -> Files {
    let owned = list
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    Files(owned.collect::<BTreeMap<_, _>>())
}

/// Code, place and message of each diagnostic.
fn said(built: &Built) -> Vec<String> {
    let placed = built.diagnostics.iter().map(|d| d.placed(&built.sources, None));
    placed
        .map(|d| format!("{} {}: {}", d.code, d.place, d.message))
        .collect()
}

fn help(built: &Built) -> Vec<String> {
    let placed = built.diagnostics.iter().map(|d| d.placed(&built.sources, None));
    placed.filter_map(|d| d.help).collect()
}

#[test]
fn a_template_that_nothing_uses_is_a_warning_with_what_was_meant() {
    let built = build(&files(&[
        ("a.relance", RULES),
        ("templates/first.md", "x"),
        ("templates/second.md", "x"),
        ("templates/secnd.fr.md", "x"),
        ("templates/secnd.en.md", "x"),
        ("templates/something.md", "x"),
    ]));
    assert_eq!(
        said(&built),
        [
            "RL0907 templates/secnd.en.md:1: Nothing uses the template `secnd`.",
            "RL0907 templates/something.md:1: Nothing uses the template `something`."
        ]
    );
    assert!(
        help(&built)[0].contains("is it meant for `second`?"),
        "{:?}",
        help(&built)
    );
    assert!(built.rulebook.is_some());
}

#[test]
fn a_template_in_the_wrong_folder_is_a_warning_and_changes_no_hash() {
    let good = [
        ("a.relance", RULES),
        ("templates/first.md", "x"),
        ("templates/second.md", "x"),
    ];
    let mut more = good.to_vec();
    more.push(("texts/third.fr.md", "Bonjour {{ customer.name }}"));
    let (good, more) = (build(&files(&good)), build(&files(&more)));
    assert_eq!(said(&good), [""; 0]);
    assert_eq!(
        said(&more),
        [
            "RL0908 texts/third.fr.md:1: `texts/third.fr.md` looks like a template and does not stand in `templates/`: it is not read."
        ]
    );
    assert_eq!(help(&more), ["move it to `templates/third.fr.md`"]);
    let hash = |built: &Built| built.rulebook.as_ref().unwrap().content_hash.clone();
    assert_eq!(hash(&good), hash(&more));
}

#[test]
fn what_looks_like_a_template_is_told_from_other_texts() {
    for (path, text) in [
        ("reminder.md", "---\nsubject: \"x\"\n---\ny"),
        ("sub/templates/reminder.firm.md", "{% if level %}x{% endif %}"),
        ("reminder.fr.md", "{{ total }}"),
    ] {
        assert!(is_misplaced_template(path, text), "{path}");
    }
    for (path, text) in [
        ("README.md", "Write `{{ total }}`."),
        ("README.fr.md", "Nos règles."),
        ("notes.md", "---\ntitle: x\n---\nsubject: y"),
        ("templates/reminder.md", "---\nsubject: x\n---\n"),
        ("reminder.txt", "---\nsubject: x\n---\n"),
    ] {
        assert!(!is_misplaced_template(path, text), "{path}");
    }
}

#[test]
fn a_translation_that_another_template_of_the_scenario_has_is_missed() {
    let with = |list: &[&str]| {
        let mut all = vec![("a.relance", RULES)];
        all.extend(list.iter().map(|path| (*path, "x")));
        said(&build(&files(&all)))
    };
    assert_eq!(
        with(&[
            "templates/first.fr.md",
            "templates/first.de.md",
            "templates/second.fr.md"
        ]),
        [
            "RL0910 a.relance:8: Template `second` does not exist in `de`, in which this scenario has other templates."
        ]
    );
    // One that serves every language lacks none.
    assert_eq!(
        with(&[
            "templates/first.fr.md",
            "templates/first.de.md",
            "templates/second.md"
        ]),
        [""; 0]
    );
    let fixed = RULES.replace("customer.language else fr", "fr");
    let built = build(&files(&[
        ("a.relance", &fixed),
        ("templates/first.fr.md", "x"),
        ("templates/first.de.md", "x"),
        ("templates/second.fr.md", "x"),
    ]));
    assert_eq!(said(&built), [""; 0], "nobody is written to in German");
}

#[test]
fn a_file_that_is_not_utf8_is_one_error_among_others() {
    let broken =
        String::from_utf8_lossy(b"segments { grand \"Cr\xe9dit \xe9lev\xe9\" when account.\xe9chu > 5 EUR }")
            .into_owned();
    let built = build(&files(&[
        ("a.relance", &broken),
        ("b.relance", "edition 2027\n"),
        ("templates/x.fr.md", "Ch\u{fffd}re cliente"),
    ]));
    let said = said(&built);
    assert!(built.rulebook.is_none());
    assert!(
        said.contains(&"RL0802 b.relance:1: There is no edition 2027.".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"RL0909 a.relance:1: `a.relance` is not UTF-8 text.".to_owned()),
        "{said:?}"
    );
    assert!(
        said.contains(&"RL0909 templates/x.fr.md:1: `templates/x.fr.md` is not UTF-8 text.".to_owned()),
        "{said:?}"
    );
    assert_eq!(said.len(), 3, "{said:?}");
}

#[test]
fn a_forgotten_use_is_told() {
    let rules = RULES
        .replace("use std.france\n", "")
        .replace("template first", "template reminder")
        .replace("template second", "template final_reminder")
        .replace(
            "  dunning",
            "  send on business days of spain from 9:00 to 17:00\n  dunning",
        );
    let built = build(&files(&[("a.relance", &rules)]));
    let help = help(&built);
    for module in ["std.france", "std.europe"] {
        let wanted = format!("`use {module}`");
        assert!(
            help.iter()
                .any(|h| h.contains(&wanted) && h.contains("standard library")),
            "{module}: {help:?}"
        );
    }
}

fn mended(list: &[(&str, &str)]) -> Mended {
    mend(&files(list), build)
}

#[test]
fn mending_goes_on_until_nothing_changes_and_leaves_the_rest() {
    let bad = RULES
        .replace("customer.language", "custommer.language")
        .replace("8 days after", "8 days aftr")
        .replace("template second", "template secund");
    let good = [("templates/first.md", "x"), ("templates/second.md", "x")];
    let result = mended(&[&[("a.relance", bad.as_str())], &good[..]].concat());
    assert_eq!(result.files.0["templates/first.md"], "x");
    let left = RULES
        .replace("days after", "days aftr")
        .replace("20 days aftr", "20 days after");
    assert_eq!(result.files.0["a.relance"], left, "{:#?}", said(&result.built));
    assert_eq!(result.places, BTreeMap::from([("a.relance".to_owned(), 2)]));
    let said = said(&result.built);
    assert!(
        !said.is_empty() && said.iter().all(|s| s.contains("a.relance:7")),
        "{said:?}"
    );
}

#[test]
fn files_without_a_fix_stay_as_they_are() {
    let result = mended(&[("a.relance", "segments { all when nothing.of.that }\n")]);
    assert_eq!(
        result.files.0["a.relance"],
        "segments { all when nothing.of.that }\n"
    );
    assert_eq!(result.places, BTreeMap::new());
    assert!(
        result
            .built
            .diagnostics
            .iter()
            .any(|d| d.severity == Severity::Error)
    );
}

/// A check that finds fault with each `b`, and three times with each `c`: it proposes to write `c` for `b`, which is worse, and `y` for `x`.
fn odd_check(files: &Files) -> Built {
    use relance_dsl::codes::NOT_UNDERSTOOD;
    use relance_dsl::diagnostic::Diagnostic;
    use relance_dsl::span::{SourceMap, Span};
    use relance_dsl::text;
    let mut sources = SourceMap::default();
    let mut diagnostics = Vec::new();
    for (path, text) in &files.0 {
        let file = sources.add(path, text);
        for (at, letter) in (0u32..).zip(text.chars()) {
            let span = Span {
                file,
                start: at,
                end: at + 1,
            };
            let error = Diagnostic::error(&NOT_UNDERSTOOD, span, text!("No.", "Non."), text!("here", "ici"));
            match letter {
                'b' => diagnostics.push(error.fix(span, "c")),
                'c' => diagnostics.extend([error.clone(), error.clone(), error]),
                'x' => diagnostics.push(error.fix(span, "y")),
                _ => {}
            }
        }
    }
    Built {
        sources: sources.into(),
        diagnostics,
        ..build(&Files::default())
    }
}

#[test]
fn a_fix_that_leaves_more_errors_is_taken_back_and_the_others_are_made() {
    let result = mend(&files(&[("a.relance", "bxbbbx"), ("b.relance", "xb")]), odd_check);
    assert_eq!(
        result.files,
        files(&[("a.relance", "bybbby"), ("b.relance", "yb")])
    );
    assert_eq!(
        result.places,
        BTreeMap::from([("a.relance".to_owned(), 2), ("b.relance".to_owned(), 1)])
    );
}

//! `relance check` in its forms, `relance check --fix`, `relance explain-code`.

use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use crate::world::{RULES, program, text};

/// A folder with one rule file.
fn folder(rules: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    std::fs::write(folder.path().join("rules.relance"), rules).unwrap();
    folder
}

fn check(folder: &Path, more: &[&str]) -> (Option<i32>, String) {
    let mut arguments = vec!["check", "."];
    arguments.extend(more);
    let output = program(&arguments).current_dir(folder).output().unwrap();
    (
        output.status.code(),
        text(&output.stdout) + text(&output.stderr).as_str(),
    )
}

/// Two typos that are mended, one in a template's name.
fn typos() -> String {
    RULES
        .replace("tone      courteous", "tone      curteous")
        .replace("template reminder }", "template remindr }")
}

#[test]
fn fix_mends_what_is_sure_and_tells_how_much() {
    let folder = folder(&typos());
    let (code, said) = check(folder.path(), &["--fix"]);
    assert_eq!(
        (code, said.as_str()),
        (
            Some(0),
            "rules.relance: 2 places mended.\n1 file checked: no errors.\n"
        )
    );
    let path = folder.path().join("rules.relance");
    assert_eq!(std::fs::read_to_string(path).unwrap(), RULES);
    let (code, said) = check(folder.path(), &["--fix"]);
    assert_eq!((code, said.as_str()), (Some(0), "1 file checked: no errors.\n"));
}

#[test]
fn without_fix_no_file_is_changed() {
    let folder = folder(&typos());
    assert_eq!(check(folder.path(), &[]).0, Some(1));
    let path = folder.path().join("rules.relance");
    assert_eq!(std::fs::read_to_string(path).unwrap(), typos());
}

#[test]
fn the_language_of_the_messages_can_be_asked_for() {
    let folder = folder(&RULES.replace("template reminder }", "template remindr }"));
    let (code, said) = check(folder.path(), &["--lang", "fr"]);
    assert_eq!(code, Some(1));
    assert!(said.contains("Il n'y a pas de modèle `remindr`."), "{said}");
    assert!(said.ends_with("1 erreur\n1 fichier vérifié.\n"), "{said}");
    assert_eq!(check(folder.path(), &["--lang", "de"]).0, Some(2));
}

#[test]
fn colours_are_drawn_when_they_are_asked_for() {
    let folder = folder(&typos());
    assert!(!check(folder.path(), &[]).1.contains('\u{1b}'));
    assert!(check(folder.path(), &["--color", "always"]).1.contains('\u{1b}'));
    assert!(!check(folder.path(), &["--color", "never"]).1.contains('\u{1b}'));
}

#[test]
fn workflows_and_scanners_get_their_forms() {
    let folder = folder(&typos());
    let (code, said) = check(folder.path(), &["--format", "github"]);
    assert_eq!(code, Some(1));
    assert!(
        said.starts_with("::error file=rules.relance,line=10,col="),
        "{said}"
    );
    let (code, said) = check(folder.path(), &["--format", "sarif"]);
    assert_eq!(code, Some(1));
    let log: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(log["version"], "2.1.0");
    assert_eq!(
        log["runs"][0]["tool"]["driver"]["version"],
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(log["runs"][0]["results"].as_array().unwrap().len(), 2);
    let wrong = program(&["explain-code", "--format", "sarif"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_file_that_is_not_utf8_is_one_error_among_others() {
    let folder = folder(&typos());
    std::fs::write(folder.path().join("old.relance"), b"// \xe9t\xe9\n").unwrap();
    let (code, said) = check(folder.path(), &["--format", "json"]);
    assert_eq!(code, Some(1), "{said}");
    let value: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(value["errors"], 3, "{said}");
    let codes: Vec<_> = value["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| &d["code"])
        .collect();
    assert!(codes.contains(&&Value::from("RL0909")), "{codes:?}");
    // And it is left as it is when the others are mended.
    assert_eq!(check(folder.path(), &["--fix"]).0, Some(1));
    let left = std::fs::read(folder.path().join("old.relance")).unwrap();
    assert_eq!(left, b"// \xe9t\xe9\n");
}

#[test]
fn a_template_in_the_wrong_folder_is_a_warning() {
    let folder = folder(RULES);
    std::fs::write(folder.path().join("late.fr.md"), "Bonjour {{ customer.name }}").unwrap();
    std::fs::write(folder.path().join("README.md"), "Our rules.").unwrap();
    let (code, said) = check(folder.path(), &[]);
    assert_eq!(code, Some(0));
    assert!(said.contains("RL0908") && said.contains("`late.fr.md`"), "{said}");
    assert!(!said.contains("README"), "{said}");
}

#[test]
fn a_code_is_explained_in_both_languages() {
    let said = |more: &[&str]| {
        let output = program(&[&["explain-code"], more].concat()).output().unwrap();
        (output.status.code(), text(&output.stdout))
    };
    let (code, page) = said(&["RL0407"]);
    assert_eq!(code, Some(0));
    assert!(page.starts_with("## RL0407: unknown calendar\n"), "{page}");
    assert_eq!(said(&["rl0407"]).1, page);
    assert!(said(&["RL0407", "--lang", "fr"]).1.contains("\nÀ écrire :\n"));
    let (code, list) = said(&[]);
    assert_eq!(code, Some(0));
    assert!(
        list.contains("RL0407  unknown calendar\n") && list.contains("\nRL0909  "),
        "{list}"
    );
    assert_eq!(said(&["RL9999"]).0, Some(2));
}

//! `relance fmt` on files, folders and standard input.

use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use tempfile::TempDir;

use crate::world::{program, text};

const UNTIDY: &str = "edition   2026\n\n\n\nsegments {\n all \"All\" otherwise // everybody\n}\n";
const TIDY: &str = "edition 2026\n\nsegments {\n  all \"All\" otherwise  // everybody\n}\n";
const FRENCH: &str = "édition 2026\n\nsegments {\n  all \"All\" sinon  // everybody\n}\n";

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = TempDir::new().unwrap();
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

fn fmt(folder: &Path, more: &[&str]) -> (Option<i32>, String) {
    let arguments = [&["fmt"], more].concat();
    let output = program(&arguments).current_dir(folder).output().unwrap();
    (
        output.status.code(),
        text(&output.stdout) + text(&output.stderr).as_str(),
    )
}

fn through(more: &[&str], bytes: &[u8]) -> (Option<i32>, String, String) {
    let mut child = program(&[&["fmt", "--stdin"], more].concat())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = child.wait_with_output().unwrap();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

#[test]
fn check_changes_nothing_and_tells_the_first_line_that_would_change() {
    let folder = folder(&[("a.relance", UNTIDY.as_bytes()), ("b.relance", TIDY.as_bytes())]);
    let (code, said) = fmt(folder.path(), &["--check"]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(said);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("a.relance")).unwrap(),
        UNTIDY
    );
    assert_eq!(fmt(folder.path(), &[]).0, Some(0));
    assert_eq!(
        std::fs::read_to_string(folder.path().join("a.relance")).unwrap(),
        TIDY
    );
    assert_eq!(fmt(folder.path(), &["--check"]).0, Some(0));
}

#[test]
fn standard_input_is_laid_out_or_translated_to_standard_output() {
    assert_eq!(
        through(&[], UNTIDY.as_bytes()),
        (Some(0), TIDY.into(), String::new())
    );
    assert_eq!(
        through(&["--to", "fr"], UNTIDY.as_bytes()),
        (Some(0), FRENCH.into(), String::new())
    );
    assert_eq!(
        through(&["--to", "en"], FRENCH.as_bytes()),
        (Some(0), TIDY.into(), String::new())
    );
    let (code, laid_out, said) = through(&[], b"edition 2026\nsegments {\n");
    assert_eq!((code, laid_out.as_str()), (Some(1), ""));
    assert!(said.contains("standard input"), "{said}");
}

#[test]
fn a_file_that_cannot_be_laid_out_stays_as_it_is_and_holds_up_no_other() {
    let not_text = b"// d\xe9but\nedition 2026\n";
    let folder = folder(&[
        ("a.relance", not_text),
        ("b.relance", b"edition 2026\nsegments {\n"),
        ("c.relance", UNTIDY.as_bytes()),
    ]);
    let (code, said) = fmt(folder.path(), &[]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!(said);
    assert_eq!(std::fs::read(folder.path().join("a.relance")).unwrap(), not_text);
    assert_eq!(
        std::fs::read_to_string(folder.path().join("c.relance")).unwrap(),
        TIDY
    );
}

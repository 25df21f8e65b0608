//! `relance ... | head`: whoever reads the output may go away early.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::world::{MORNING, RULES, World, program, text};

/// Runs a command whose output nobody reads; gives its exit code and what it says on standard error.
fn unread(mut command: Command) -> (Option<i32>, String) {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let child = command
        .stdin(Stdio::null())
        .stdout(writer)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // The command holds the end that is written to, too: without it the pipe is only the child's.
    drop(command);
    let output = child.wait_with_output().unwrap();
    (output.status.code(), text(&output.stderr))
}

#[test]
fn commands_without_a_database_end_quietly_when_nobody_reads() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().display().to_string();
    let file = folder.path().join("rules.relance");
    let tests = "\ntest \"t\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect level 2 of F1 on 2026-02-09 }\n";
    std::fs::write(&file, format!("{RULES}{tests}")).unwrap();
    for (arguments, code) in [
        (vec!["check", &path], 0),
        (vec!["check", &path, "--format", "json"], 0),
        (vec!["check", &path, "--format", "sarif"], 0),
        (vec!["test", &path], 1),
        (vec!["test", &path, "--watch"], 0),
        (vec!["test", &path, "--format", "json"], 1),
        (vec!["fmt", &path, "--check"], 1),
        (vec!["explain-code"], 0),
        (vec!["explain-code", "RL0407"], 0),
        (vec!["--help"], 0),
        (vec!["check", "--help"], 0),
    ] {
        assert_eq!(
            unread(program(&arguments)),
            (Some(code), String::new()),
            "{arguments:?}"
        );
    }
    std::fs::write(&file, RULES.replace("courteous", "curteous")).unwrap();
    for format in ["human", "json", "sarif", "github"] {
        let arguments = ["check", &path, "--format", format];
        assert_eq!(unread(program(&arguments)), (Some(1), String::new()), "{format}");
    }
}

#[test]
fn formatting_is_finished_when_nobody_reads_which_files_it_changed() {
    let folder = TempDir::new().unwrap();
    for name in ["a.relance", "b.relance", "c.relance"] {
        std::fs::write(folder.path().join(name), "edition   2026\n").unwrap();
    }
    let path = folder.path().display().to_string();
    assert_eq!(unread(program(&["fmt", &path])), (Some(0), String::new()));
    for name in ["a.relance", "b.relance", "c.relance"] {
        let text = std::fs::read_to_string(folder.path().join(name)).unwrap();
        assert_eq!(text, "edition 2026\n", "{name}");
    }
}

#[test]
fn whoever_takes_the_first_line_gets_it() {
    let mut child = program(&["explain-code"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert!(line.starts_with("RL0001  "), "{line}");
    let output = child.wait_with_output().unwrap();
    assert_eq!(
        (output.status.code(), text(&output.stderr)),
        (Some(0), String::new())
    );
}

#[test]
fn standard_error_that_nobody_reads_is_no_failure_either() {
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let status = program(&["check", "/no/such/folder"])
        .stderr(writer)
        .status()
        .unwrap();
    assert_eq!(status.code(), Some(3));
}

#[test]
fn output_that_cannot_be_written_is_told() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else {
        return;
    };
    let output = program(&["explain-code"])
        .stdout(full)
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    let said = text(&output.stderr);
    assert!(
        said.starts_with("relance: standard output cannot be written: "),
        "{said}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn commands_on_the_store_end_quietly_when_nobody_reads() {
    let world = World::with_customers(2).await;
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    for arguments in [
        vec!["explain", "C001"],
        vec!["explain", "F-C001", "--format", "json"],
        vec!["run", "--until", "idle", "--at", MORNING],
        vec!["company", "list"],
        vec!["user", "list"],
        vec!["token", "list"],
        vec!["token", "create", "unread", "--role", "viewer"],
        vec!["rate", "USD", "0.92", "--from", "2026-01-01"],
        vec!["migrate"],
    ] {
        let command = world.command(&arguments);
        let (code, said) = tokio::task::spawn_blocking(move || unread(command))
            .await
            .unwrap();
        assert_eq!(code, Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("panicked"), "{arguments:?}: {said}");
    }
}

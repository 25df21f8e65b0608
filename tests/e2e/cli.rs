//! The command line: what it says and how it ends.

use serde_json::Value;

use crate::world::{MORNING, RULES, World, program, text};

fn checked(rules: &str, more: &[&str]) -> (Option<i32>, String) {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("rules.relance"), rules).unwrap();
    let path = folder.path().display().to_string();
    let mut arguments = vec!["check", path.as_str()];
    arguments.extend(more);
    let output = program(&arguments).output().unwrap();
    (output.status.code(), text(&output.stdout))
}

#[test]
fn check_accepts_good_rules() {
    let (code, said) = checked(RULES, &[]);
    assert_eq!((code, said.as_str()), (Some(0), "1 file checked: no errors.\n"));
}

#[test]
fn check_shows_a_typo_with_its_line_and_what_to_write() {
    let (code, said) = checked(&RULES.replace("template reminder }", "template remindr }"), &[]);
    assert_eq!(code, Some(1));
    insta::assert_snapshot!("check_typo", said);
}

#[test]
fn check_gives_places_to_programs() {
    let (code, said) = checked(
        &RULES.replace("tone      courteous", "tone      curteous"),
        &["--format", "json"],
    );
    assert_eq!(code, Some(1));
    let value: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(value["errors"], 1);
    assert_eq!(value["diagnostics"][0]["file"], "rules.relance");
    assert_eq!(value["diagnostics"][0]["line"], 10);
    assert_eq!(value["diagnostics"][0]["fix"]["replacement"], "courteous");
}

/// A test of the rules of these tests, in French, that passes; its timeline does not.
const TESTS: &str = r#"édition 2026

test "la relance part, l'appel suit" {
  soit facture F1 { montant 100 EUR, échéance 2026-02-04 }
  attendre niveau 1 de F1 le 2026-02-09
  attendre déroulé au 2026-02-28 { }
}
"#;

#[test]
fn tests_of_the_rules_are_played_and_timelines_accepted() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(folder.path().join("rules.relance"), RULES).unwrap();
    std::fs::create_dir(folder.path().join("tests")).unwrap();
    let tests = folder.path().join("tests/relances.relance");
    std::fs::write(&tests, TESTS).unwrap();
    let path = folder.path().display().to_string();
    let report = folder.path().join("report.xml");
    let junit = report.display().to_string();
    let failed = program(&["test", &path, "--junit", &junit]).output().unwrap();
    assert_eq!(failed.status.code(), Some(1), "{}", text(&failed.stderr));
    insta::assert_snapshot!("test_failed", text(&failed.stdout));
    insta::assert_snapshot!("test_junit", std::fs::read_to_string(&report).unwrap());

    let accepted = program(&["test", &path, "--accept", "--lang", "en"])
        .output()
        .unwrap();
    assert_eq!(accepted.status.code(), Some(0), "{}", text(&accepted.stdout));
    insta::assert_snapshot!("test_accepted", text(&accepted.stdout));
    insta::assert_snapshot!("test_written", std::fs::read_to_string(&tests).unwrap());

    let json = program(&["test", &path, "--format", "json"]).output().unwrap();
    let value: Value = serde_json::from_str(&text(&json.stdout)).unwrap();
    assert_eq!((&value["passed"], &value["failed"]), (&1.into(), &0.into()));
    let none = program(&["test", &path, "--filter", "no such title"])
        .output()
        .unwrap();
    assert_eq!(none.status.code(), Some(1));
}

#[test]
fn rules_with_mistakes_are_not_tested() {
    let folder = tempfile::TempDir::new().unwrap();
    std::fs::write(
        folder.path().join("rules.relance"),
        RULES.replace("template reminder }", "template remindr }"),
    )
    .unwrap();
    let path = folder.path().display().to_string();
    let output = program(&["test", &path]).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(text(&output.stdout), "");
    assert!(
        text(&output.stderr).contains("remindr"),
        "{}",
        text(&output.stderr)
    );
}

#[test]
fn programs_can_read_why_rules_with_mistakes_are_not_tested() {
    let folder = tempfile::TempDir::new().unwrap();
    let rules = RULES.replace("template reminder }", "template remindr }");
    std::fs::write(folder.path().join("rules.relance"), rules).unwrap();
    let templates = folder.path().join("templates");
    std::fs::create_dir(&templates).unwrap();
    let path = folder.path().display().to_string();
    let report = folder.path().join("report.xml");
    let junit = report.display().to_string();
    let tested = || {
        let arguments = ["test", &path, "--format", "json", "--junit", &junit];
        let output = program(&arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(1));
        assert_eq!(text(&output.stderr), "");
        serde_json::from_str::<Value>(&text(&output.stdout)).unwrap()
    };
    let value = tested();
    assert_eq!((&value["passed"], &value["errors"]), (&0.into(), &1.into()));
    assert_eq!(value["tests"].as_array().unwrap().len(), 0);
    assert_eq!(value["diagnostics"][0]["code"], "RL0601");
    assert_eq!(value["diagnostics"][0]["line"], 16);
    insta::assert_snapshot!("test_junit_refused", std::fs::read_to_string(&report).unwrap());
    // A mistake in a template is one of the rulebook, too.
    std::fs::write(folder.path().join("rules.relance"), RULES).unwrap();
    let template = "---\nsubject: \"x\"\n---\n{{ custmer.name }}\n";
    std::fs::write(templates.join("reminder.fr.md"), template).unwrap();
    let value = tested();
    assert_eq!(value["errors"], 1, "{value}");
    assert_eq!(value["diagnostics"][0]["file"], "templates/reminder.fr.md");
}

#[test]
fn wrong_flags_and_wrong_settings_end_with_2() {
    let wrong = program(&["serve", "--no-such-flag"]).output().unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    let wrong = program(&["migrate"])
        .env("RELANCE_SERVER_LISTEN", "here")
        .output()
        .unwrap();
    assert_eq!(wrong.status.code(), Some(2));
    assert_eq!(
        text(&wrong.stderr),
        "relance: RELANCE_SERVER_LISTEN: `server.listen` is `here`; write an address and a port such as \"127.0.0.1:8080\"\n"
    );
}

#[test]
fn a_database_that_cannot_be_reached_ends_with_3() {
    let output = program(&["migrate"])
        .env("RELANCE_DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("cannot connect to the database"));
}

#[test]
fn help_teaches_by_examples_and_tells_the_exit_codes() {
    let said = text(&program(&["--help"]).output().unwrap().stdout);
    for piece in [
        "relance check rules/",
        "Exit codes",
        "RELANCE_SERVER_LISTEN",
        "server.public_url",
    ] {
        assert!(said.contains(piece), "{piece} is missing in:\n{said}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn explain_says_why_and_what_comes_next() {
    let world = World::with_customers(1).await;
    world.good(&["run", "--until", "idle", "--at", MORNING]).await;
    let said = world.good(&["explain", "F-C001", "--at", MORNING]).await;
    assert!(
        said.contains("F-C001, EUR 1,200.00, due 20 February 2026 -> next: Reminder call"),
        "{said}"
    );
    assert!(
        said.contains("rules.relance:"),
        "it names the line of the rules: {said}"
    );
    let value: Value = serde_json::from_str(
        &world
            .good(&["explain", "C001", "--at", MORNING, "--format", "json"])
            .await,
    )
    .unwrap();
    assert_eq!(value["customer"], "C001");
    let unknown = world.run(&["explain", "F-9999"]).await;
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("neither an invoice nor a customer `F-9999`"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_tells_bad_lines_and_takes_the_good_ones() {
    let world = World::new().await;
    let books = tempfile::TempDir::new().unwrap();
    std::fs::write(
        books.path().join("customers.csv"),
        "no,name,country\nK1,Optique Durand,FR\nK2,,FR\n",
    )
    .unwrap();
    std::fs::write(
        books.path().join("import.toml"),
        "[[customers]]\nfile = \"customers.csv\"\n[customers.fields]\nnumber = \"no\"\nname = \"name\"\ncountry = \"country\"\n",
    )
    .unwrap();
    let folder = books.path().display().to_string();
    let output = world.run(&["import", &folder, "--format", "json"]).await;
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    let report: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(report["counts"]["customers"]["new"], 1, "{report}");
    assert_eq!(report["rejects"][0]["line"], 3, "{report}");
    assert_eq!(report["rejects"][0]["field"], "name", "{report}");
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_leaves_no_database_server_behind() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = tempfile::Builder::new().prefix("relance-c-").tempdir().unwrap();
    // Root's server runs as another user, who must get through.
    std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o755)).unwrap();
    let home = folder.path().join("db");
    let output = program(&["explain", "C1"])
        .env("RELANCE_DATABASE_FOLDER", &home)
        .output()
        .unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("no rules are in force yet"), "{said}");
    assert!(home.join("data/PG_VERSION").exists(), "it was started");
    assert!(!home.join("data/postmaster.pid").exists(), "and still runs");
}

//! Rules that change while the program runs.

use std::path::Path;

use relance_engine::rulebooks::{PutInForce, Rulebooks, check, put_in_force, read_folder, watch};

use crate::world::{RULES, World, files, until};

fn write(folder: &Path, rules: &str) {
    std::fs::create_dir_all(folder.join("templates")).unwrap();
    for (path, text) in files(rules).0 {
        std::fs::write(folder.join(path), text).unwrap();
    }
}

#[tokio::test]
async fn a_good_change_of_the_folder_is_in_force_soon() {
    let world = World::new().await;
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), RULES);
    let rulebooks = world.engine.rulebooks.clone();
    let before = rulebooks.current().unwrap().revision;
    let clock = world.engine.clock.clone();
    let _watching = watch(
        rulebooks.clone(),
        world.db.pool.clone(),
        clock,
        folder.path().to_owned(),
    )
    .unwrap();
    write(
        folder.path(),
        &RULES.replace("5 days after due", "4 days after due"),
    );
    let changed = std::time::Instant::now();
    until(async || rulebooks.current().unwrap().revision > before).await;
    assert!(changed.elapsed().as_millis() < 1_500, "{:?}", changed.elapsed());
    assert_eq!(rulebooks.status().folder.as_deref(), Some(folder.path()));
    assert_eq!(
        world
            .rows("select put_in_force_by from rulebook_revisions order by id")
            .await,
        ["test", "folder"]
    );
}

#[tokio::test]
async fn a_bad_change_changes_nothing_and_is_shown_until_it_is_put_right() {
    let world = World::new().await;
    let rulebooks = &world.engine.rulebooks;
    let before = rulebooks.current().unwrap().revision;
    let bad = files(&RULES.replace("template final", "template finale"));
    let put = put_in_force(rulebooks, &world.db.pool, &bad, "anna", world.now())
        .await
        .unwrap();
    assert!(matches!(put, PutInForce::Rejected(..)));
    assert_eq!(rulebooks.current().unwrap().revision, before);
    let rejection = rulebooks.status().rejection.unwrap();
    assert_eq!(
        (rejection.at, rejection.diagnostics[0].place.file.as_str()),
        (world.now(), "rules.relance")
    );
    let elsewhere = Rulebooks::load(&world.db.pool, world.engine.webhooks.ways())
        .await
        .unwrap()
        .status();
    assert_eq!(
        elsewhere.rejection.unwrap(),
        rejection,
        "the same in every process"
    );
    let put = put_in_force(rulebooks, &world.db.pool, &files(RULES), "anna", world.now())
        .await
        .unwrap();
    assert!(matches!(put, PutInForce::Unchanged));
    assert!(rulebooks.status().rejection.is_none());
    assert_eq!(world.count("select count(*) from rulebook_revisions").await, 1);
}

#[tokio::test]
async fn a_template_with_an_unknown_name_is_refused_with_its_place() {
    let world = World::new().await;
    let mut bad = files(RULES);
    let text = bad.0["templates/final.md"].replace(
        "Please pay",
        "{% if level == 99 %}{{ customer.nam }}{% endif %}Please pay",
    );
    bad.0.insert("templates/final.md".to_owned(), text);
    let put = put_in_force(&world.engine.rulebooks, &world.db.pool, &bad, "anna", world.now())
        .await
        .unwrap();
    let PutInForce::Rejected(diagnostics, sources) = put else {
        panic!("taken")
    };
    let placed = diagnostics[0].placed(&sources, None);
    assert_eq!(
        (placed.code, placed.place.to_string().as_str()),
        ("RL0903", "templates/final.md:4")
    );
    assert_eq!(placed.message, "`customer.nam` is not known in messages");
    assert!(placed.help.unwrap().contains("`customer.name`"));
}

#[tokio::test]
async fn another_process_works_under_the_new_rules_at_its_next_pass() {
    let world = World::new().await;
    let other = relance_engine::engine::Engine {
        rulebooks: Rulebooks::load(&world.db.pool, world.engine.webhooks.ways())
            .await
            .unwrap(),
        ..world.engine.clone()
    };
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-02", 10_000).await;
    let revision = world
        .put(&files(&RULES.replace("\"Reminder\"", "\"First reminder\"")))
        .await;
    assert_ne!(other.rulebooks.current().unwrap().revision, revision);
    relance_engine::run::until_idle(&other).await.unwrap();
    assert_eq!(other.rulebooks.current().unwrap().revision, revision);
    assert_eq!(world.rows("select title from actions").await, ["First reminder"]);
}

#[tokio::test]
async fn all_accounts_are_looked_at_again_under_new_rules() {
    let world = World::new().await;
    let customer = world.customer("C1", "ap@customer.example").await;
    world.invoice(customer, "F1", "2026-02-27", 10_000).await;
    world.run().await;
    assert!(world.recipients().is_empty(), "three days after due");
    world
        .put(&files(&RULES.replace("5 days after due", "1 days after due")))
        .await;
    world.run().await;
    assert_eq!(world.recipients().len(), 1);
}

#[test]
fn only_rule_files_templates_and_scripts_are_read() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), RULES);
    let sub = folder.path().join("scenarios/eu");
    std::fs::create_dir_all(&sub).unwrap();
    std::fs::write(sub.join("a.relance"), "x").unwrap();
    std::fs::write(folder.path().join("notes.txt"), "x").unwrap();
    std::fs::write(folder.path().join(".hidden.relance"), "x").unwrap();
    std::fs::write(folder.path().join("b.md"), "x").unwrap();
    std::fs::create_dir_all(folder.path().join("hooks")).unwrap();
    std::fs::write(folder.path().join("hooks/a.rhai"), "fn a() {}").unwrap();
    // In the wrong place: it is read to be warned about.
    std::fs::write(folder.path().join("c.rhai"), "fn c() {}").unwrap();
    let read = read_folder(folder.path()).unwrap();
    let extra: Vec<_> = read
        .0
        .keys()
        .filter(|path| !files(RULES).0.contains_key(*path))
        .collect();
    assert_eq!(extra, ["c.rhai", "hooks/a.rhai", "scenarios/eu/a.relance"]);
}

#[test]
fn what_cannot_be_rules_is_refused_by_name() {
    let folder = tempfile::tempdir().unwrap();
    // What is not UTF-8 is one mistake among others.
    std::fs::write(folder.path().join("a.relance"), [0xff, 0xfe]).unwrap();
    let built = check(&read_folder(folder.path()).unwrap());
    assert!(built.rulebook.is_none());
    assert!(built.diagnostics.iter().any(|d| d.code == "RL0909"));
    std::fs::write(folder.path().join("a.relance"), vec![b'x'; 2 * 1024 * 1024]).unwrap();
    assert!(
        read_folder(folder.path())
            .unwrap_err()
            .to_string()
            .contains("larger than 1 MiB")
    );
    assert!(read_folder(&folder.path().join("none")).is_err());
}

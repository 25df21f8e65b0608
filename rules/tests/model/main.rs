//! The decisions, compared with a reference model that is obviously right, over many histories that nobody has thought of.
//!
//! Each run of the tests plays some; many more are played by hand:
//!
//!     RELANCE_HISTORIES=1000000 cargo test --release -p relance-rules --test model -- --ignored --nocapture
//!
//! `RELANCE_SEED` is the first seed (0), `RELANCE_THREADS` how many run at a time (1), `RELANCE_OF_THE_SAME_RULES` how many have the same rules (64). What is found is made as small as it can be, unless
//! `RELANCE_AS_FOUND` is set, and told with its rules, its events and both courses of things. `cargo xtask mutants 2000` plants mistakes in the
//! decisions and sees that each is found. What was played, and what it showed, stands in `docs/reliability.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that cannot go on stops; how much is played is asked of whoever plays it by hand"
)]

mod coverage;
mod generate;
mod history;
mod invariants;
mod player;
mod random;
mod reference;
mod shrink;

use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use coverage::Coverage;
use history::{Clock, History, Revision};
use relance_rules::dsl::diagnostic::render;
use relance_rules::rulebook::{Files, Rulebook, build};

/// How many histories each run of the tests plays.
const EACH_TIME: u64 = 200;

/// How many of those that have the same rules.
const OF_THE_SAME_RULES: u64 = 4;

fn rulebook(revision: &Revision, clock: Clock) -> Arc<Rulebook> {
    let mut files = Files::default();
    let text = revision.text(clock);
    files.0.insert("rules.relance".into(), text.clone());
    for name in ["mail.fr.md", "mail.en.md", "thanks.fr.md", "thanks.en.md"] {
        files.0.insert(format!("templates/{name}"), "text".into());
    }
    let built = build(&files);
    let shown = render(&built.diagnostics, &built.sources, false, None);
    built.rulebook.unwrap_or_else(|| panic!("{shown}\n{text}"))
}

fn rulebooks(history: &History) -> Vec<Arc<Rulebook>> {
    history
        .revisions
        .iter()
        .map(|revision| rulebook(revision, history.clock))
        .collect()
}

/// What a panic said.
fn told(panic: Box<dyn std::any::Any + Send>) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_owned()))
        .unwrap_or_default()
}

/// What is wrong with a history, if something is; and the course of things, in order.
fn compare<'h>(history: &'h History, rulebooks: &'h [Arc<Rulebook>]) -> Result<player::Player<'h>, String> {
    let player = catch_unwind(AssertUnwindSafe(|| player::play(history, rulebooks)));
    let mut player = player.map_err(|panic| format!("an invariant: {}", told(panic)))?;
    let model = catch_unwind(AssertUnwindSafe(|| reference::play(history)));
    let mut expected = model.map_err(|panic| format!("the model: {}", told(panic)))?;
    expected.sort();
    player.lines.sort();
    let decided = &player.lines;
    if expected == *decided {
        return Ok(player);
    }
    let first = expected.iter().zip(decided).position(|(a, b)| a != b);
    let first = first.unwrap_or(expected.len().min(decided.len()));
    let mut text = String::from("the model and decide part:\n");
    for n in 0..expected.len().max(decided.len()) {
        let line = |lines: &[String]| lines.get(n).cloned().unwrap_or_default();
        let mark = if n == first { ">" } else { " " };
        writeln!(text, "{mark} {:<60} | {}", line(&expected), line(decided)).unwrap();
    }
    Err(text)
}

/// All that there is to know of a history that fails.
fn report(history: &History, why: &str) -> String {
    let mut text = format!("seed {}: {why}\n", history.seed);
    for revision in &history.revisions {
        writeln!(text, "{}", revision.text(history.clock)).unwrap();
    }
    for person in &history.people {
        writeln!(text, "{person:?}").unwrap();
    }
    for event in &history.events {
        let day = history::days_on(history.start, event.day);
        writeln!(
            text,
            "{day} {} {:?}",
            if event.noon { "noon" } else { "morning" },
            event.what
        )
        .unwrap();
    }
    writeln!(
        text,
        "from {}, {} days, {:?} {:?}, trouble {}",
        history.start, history.days, history.clock, history.zone, history.trouble
    )
    .unwrap();
    text
}

/// Plays the histories of some seeds; gives what they held, or what was found, in its smallest form.
fn run(seeds: impl Iterator<Item = u64>, as_found: bool) -> Result<Coverage, String> {
    let mut coverage = Coverage::default();
    let mut known: Option<(u64, Vec<Arc<Rulebook>>)> = None;
    for seed in seeds {
        let history = generate::history(seed);
        let group = seed / generate::WITH_THE_SAME_RULES;
        if known.as_ref().is_none_or(|(of, _)| *of != group) {
            known = Some((group, rulebooks(&history)));
        }
        match compare(&history, &known.as_ref().unwrap().1) {
            Ok(player) => coverage.add(&history, player),
            Err(why) => {
                eprintln!("found in seed {seed}: {}", why.lines().next().unwrap_or_default());
                return Err(if as_found {
                    report(&history, &why)
                } else {
                    smallest(history, &why)
                });
            }
        }
    }
    Ok(coverage)
}

/// What is wrong with a history, told of the smallest one that is wrong in the same way.
fn smallest(history: History, why: &str) -> String {
    let kind: String = why.lines().next().unwrap_or_default().chars().take(30).collect();
    let wrong = |history: &History| {
        let built = catch_unwind(AssertUnwindSafe(|| rulebooks(history)));
        built.is_ok_and(|books| compare(history, &books).is_err_and(|why| why.starts_with(&kind)))
    };
    let smallest = shrink::smallest(history, wrong);
    let books = rulebooks(&smallest);
    match compare(&smallest, &books) {
        Ok(_) => panic!("what is made smaller stays wrong"),
        Err(why) => report(&smallest, &why),
    }
}

/// How much is played, and how.
struct Runs {
    first: u64,
    count: u64,
    /// How many histories of those that have the same rules, at most all.
    of_the_same_rules: u64,
    threads: u64,
    /// What is found is not made smaller.
    as_found: bool,
}

fn play_all(runs: &Runs) -> Coverage {
    // While a failing history is made smaller, its panics are no news.
    std::panic::set_hook(Box::new(|_| {}));
    let begun = Instant::now();
    let ends: Vec<Result<Coverage, String>> = std::thread::scope(|scope| {
        let each = runs.of_the_same_rules;
        let part = runs.count.div_ceil(runs.threads).next_multiple_of(each);
        let handles: Vec<_> = (0..runs.threads)
            .map(|n| {
                let seeds = (n * part..((n + 1) * part).min(runs.count))
                    .map(move |n| runs.first + n / each * generate::WITH_THE_SAME_RULES + n % each);
                scope.spawn(move || run(seeds, runs.as_found))
            })
            .collect();
        let ended = handles.into_iter().map(|handle| handle.join());
        ended
            .map(|end| end.unwrap_or_else(|panic| Err(told(panic))))
            .collect()
    });
    let _ = std::panic::take_hook();
    let mut coverage = Coverage::default();
    let mut found = Vec::new();
    for end in ends {
        match end {
            Ok(more) => coverage = coverage.and(more),
            Err(why) => found.push(why),
        }
    }
    assert!(found.is_empty(), "{}", found.join("\n"));
    eprintln!(
        "{} histories from seed {}: {} decisions, {} deeds, nothing found in {} s\n{}",
        coverage.histories,
        runs.first,
        coverage.decisions,
        coverage.deeds,
        begun.elapsed().as_secs(),
        coverage.told()
    );
    coverage
}

#[test]
fn decide_does_what_the_model_does() {
    let coverage = play_all(&Runs {
        first: 0,
        count: EACH_TIME,
        of_the_same_rules: OF_THE_SAME_RULES,
        threads: 2,
        as_found: false,
    });
    let missing = coverage.missing();
    assert!(missing.is_empty(), "the histories show nothing of {missing:?}");
}

#[test]
#[ignore = "by hand, as long as one likes"]
fn decide_does_what_the_model_does_in_very_many_histories() {
    let number = |name: &str, otherwise: u64| std::env::var(name).map_or(otherwise, |n| n.parse().unwrap());
    play_all(&Runs {
        first: number("RELANCE_SEED", 0),
        count: number("RELANCE_HISTORIES", 100_000),
        of_the_same_rules: number("RELANCE_OF_THE_SAME_RULES", generate::WITH_THE_SAME_RULES),
        threads: number("RELANCE_THREADS", 1),
        as_found: std::env::var("RELANCE_AS_FOUND").is_ok(),
    });
}

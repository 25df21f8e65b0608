//! The decisions, compared with a reference model that is obviously right, over many histories that nobody has thought of.
//!
//! Each run of the tests plays some; many more are played by hand:
//!
//!     RELANCE_HISTORIES=1000000 cargo test --release -p relance-rules --test model -- --ignored --nocapture
//!
//! `RELANCE_SEED` is the first seed (0), `RELANCE_THREADS` how many run at a time (1). What is found is made as small as it can be, and told with
//! its rules, its events and both courses of things.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::disallowed_methods,
    reason = "a test that cannot go on stops; how much is played is asked of whoever plays it by hand"
)]

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
use std::sync::atomic::{AtomicU64, Ordering};

use history::{Clock, History, Revision};
use relance_rules::dsl::diagnostic::render;
use relance_rules::rulebook::{Files, Rulebook, build};

/// How many histories each run of the tests plays.
const EACH_TIME: u64 = 200;

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

/// What is wrong with a history, if something is; and how often `decide` was asked, how much was done.
fn compare(history: &History, rulebooks: &[Arc<Rulebook>]) -> Result<(u64, usize), String> {
    let player = catch_unwind(AssertUnwindSafe(|| player::play(history, rulebooks)));
    let player = player.map_err(|panic| format!("an invariant: {}", told(panic)))?;
    let model = catch_unwind(AssertUnwindSafe(|| reference::play(history)));
    let mut expected = model.map_err(|panic| format!("the model: {}", told(panic)))?;
    let mut decided = player.lines;
    expected.sort();
    decided.sort();
    if expected == decided {
        return Ok((player.decisions, decided.len()));
    }
    let first = expected.iter().zip(&decided).position(|(a, b)| a != b);
    let first = first.unwrap_or(expected.len().min(decided.len()));
    let mut text = String::from("the model and decide part:\n");
    for n in 0..expected.len().max(decided.len()) {
        let line = |lines: &[String]| lines.get(n).cloned().unwrap_or_default();
        let mark = if n == first { ">" } else { " " };
        writeln!(text, "{mark} {:<60} | {}", line(&expected), line(&decided)).unwrap();
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

/// Plays the histories of some seeds; gives what was found, the smallest form of it.
fn run(seeds: std::ops::Range<u64>, asked: &AtomicU64, done: &AtomicU64) -> Option<String> {
    let mut known: Option<(u64, Vec<Arc<Rulebook>>)> = None;
    for seed in seeds {
        let history = generate::history(seed);
        let group = seed / generate::WITH_THE_SAME_RULES;
        if known.as_ref().is_none_or(|(of, _)| *of != group) {
            known = Some((group, rulebooks(&history)));
        }
        match compare(&history, &known.as_ref().unwrap().1) {
            Ok((decisions, lines)) => {
                asked.fetch_add(decisions, Ordering::Relaxed);
                done.fetch_add(lines as u64, Ordering::Relaxed);
            }
            Err(why) => {
                eprintln!("seed {seed} is wrong, making it smaller");
                let kind = why
                    .lines()
                    .next()
                    .unwrap_or_default()
                    .chars()
                    .take(30)
                    .collect::<String>();
                let wrong = |history: &History| {
                    let built = catch_unwind(AssertUnwindSafe(|| rulebooks(history)));
                    built.is_ok_and(|books| compare(history, &books).is_err_and(|why| why.starts_with(&kind)))
                };
                let smallest = shrink::smallest(history, wrong);
                let why = compare(&smallest, &rulebooks(&smallest)).unwrap_err();
                return Some(report(&smallest, &why));
            }
        }
    }
    None
}

fn play_all(first: u64, count: u64, threads: u64) {
    // While a failing history is made smaller, its panics are no news.
    std::panic::set_hook(Box::new(|_| {}));
    let (asked, done) = (AtomicU64::new(0), AtomicU64::new(0));
    let found: Vec<String> = std::thread::scope(|scope| {
        let part = count.div_ceil(threads);
        let part = part.next_multiple_of(generate::WITH_THE_SAME_RULES);
        let handles: Vec<_> = (0..threads)
            .map(|n| {
                let (start, end) = (first + n * part, (first + (n + 1) * part).min(first + count));
                let (asked, done) = (&asked, &done);
                scope.spawn(move || run(start..end, asked, done))
            })
            .collect();
        let ended = handles.into_iter().map(|handle| handle.join());
        ended
            .filter_map(|end| end.unwrap_or_else(|panic| Some(told(panic))))
            .collect()
    });
    let _ = std::panic::take_hook();
    assert!(found.is_empty(), "{}", found.join("\n"));
    eprintln!(
        "{count} histories from seed {first}: {} decisions, {} acts, nothing found",
        asked.load(Ordering::Relaxed),
        done.load(Ordering::Relaxed)
    );
}

#[test]
fn decide_does_what_the_model_does() {
    play_all(0, EACH_TIME, 2);
}

#[test]
#[ignore = "by hand, as long as one likes"]
fn decide_does_what_the_model_does_in_very_many_histories() {
    let number = |name: &str, otherwise: u64| std::env::var(name).map_or(otherwise, |n| n.parse().unwrap());
    let count = number("RELANCE_HISTORIES", 100_000);
    play_all(number("RELANCE_SEED", 0), count, number("RELANCE_THREADS", 1));
}

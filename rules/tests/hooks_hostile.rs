//! Scripts that want to escape, to run for ever or to take all memory. Each is stopped, and by what it says. None escapes; what they use
//! up is counted, not timed: operations by the engine, memory by an allocator that counts.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on stops")]
#![allow(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "time is measured here, and the worst is told with --nocapture"
)]

mod hostile;
mod memory;
mod simulator;

use std::time::Instant;

use chrono::TimeDelta;
use hostile::{Stop, scripts};
use relance_rules::decide;
use relance_rules::facts::AccountFacts;
use relance_rules::reason::ReasonKind;
use relance_rules::rulebook::{Built, Files, build};
use simulator::{STANDARD, Simulator};

/// Most memory that one call may take at any moment.
const MEMORY: usize = 16 * 1024 * 1024;

/// Most time for one call in a test, which is built without optimisation and runs beside others: a hundred times what a release
/// takes (`docs/benchmarks.md`). Only something that runs away comes near it.
const MILLISECONDS: u128 = 5_000;

/// What level 1 of the standard scenario does.
const MAIL: &str = "{ email template statement }";

/// The standard scenario with a hook of a kind where such a hook stands.
fn built(kind: &str, script: &str) -> Built {
    let (gives, when, acts) = match kind {
        "condition" => ("yes or no", " when hook h(account)", MAIL),
        "amount" => ("whole number", " when hook h(account) > 0", MAIL),
        "effects" => ("effects", "", "{ hook h; email template statement }"),
        "body" => ("text", "", "{ chat template statement }"),
        _ => ("text", " when hook h(account) is \"x\"", MAIL),
    };
    let level = "3 days after due     { email template statement }";
    assert!(STANDARD.contains(level));
    let rules = STANDARD.replacen(level, &format!("3 days after due{when} {acts}"), 1);
    let medium = match kind {
        "body" => "medium chat = webhook \"chat\" body hook h\n",
        _ => "",
    };
    let mut files = Files::default();
    files.0.insert(
        "rules.relance".into(),
        format!("{rules}\nhook h(account) -> {gives}\n{medium}"),
    );
    files.0.insert("hooks/h.rhai".into(), script.into());
    for name in ["courtesy", "statement", "reminder", "last", "script", "thanks"] {
        files.0.insert(format!("templates/{name}.fr.md"), "text".into());
    }
    build(&files)
}

fn facts() -> Simulator {
    let mut s = Simulator::standard("2026-03-13");
    s.invoice("F1", 1000, "2026-03-10");
    s.now += TimeDelta::hours(10);
    s
}

#[test]
fn there_are_at_least_a_hundred_of_them_each_with_a_name_of_its_own() {
    let all = scripts().count();
    assert!(all >= 150, "{all}");
    let mut names: Vec<_> = scripts().map(|s| s.name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
}

#[test]
fn every_hostile_script_is_stopped_by_what_it_is_said_to_be_stopped_by() {
    let account = facts();
    let mut wrong = Vec::new();
    let (mut worst, mut slowest) = ((0, ""), (0_u128, ""));
    for hostile in scripts() {
        let text = hostile.text();
        let built = built(hostile.kind, &text);
        let start = Instant::now();
        let (said, taken) = memory::most_during(|| outcome(&built, &account.facts, &account));
        let milliseconds = start.elapsed().as_millis();
        worst = worst.max((taken, hostile.name));
        slowest = slowest.max((start.elapsed().as_micros(), hostile.name));
        let right = match hostile.stopped {
            Stop::Check(code) => said == Said::Refused(vec![code.to_owned()]),
            Stop::Call(message) => matches!(&said, Said::Failed(all) if all.contains(message)),
            Stop::Harmless => matches!(&said, Said::Value),
        };
        if !right {
            wrong.push(format!("{}: {said:?}, not {:?}", hostile.name, hostile.stopped));
        }
        if taken > MEMORY {
            wrong.push(format!("{}: {taken} bytes", hostile.name));
        }
        if milliseconds > MILLISECONDS {
            wrong.push(format!("{}: {milliseconds} ms", hostile.name));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(worst.0 > 0, "memory is counted");
    eprintln!("most memory, bytes: {worst:?}; slowest, microseconds: {slowest:?}");
}

/// What became of a script.
#[derive(Debug, PartialEq)]
enum Said {
    /// The rulebook is refused, with these codes.
    Refused(Vec<String>),
    /// The call failed.
    Failed(String),
    /// It gave a value.
    Value,
}

fn outcome(built: &Built, facts: &AccountFacts, s: &Simulator) -> Said {
    let Some(rulebook) = &built.rulebook else {
        let mut codes: Vec<_> = built.diagnostics.iter().map(|d| d.code.to_owned()).collect();
        codes.dedup();
        return Said::Refused(codes);
    };
    let decision = decide(rulebook, facts, s.now);
    assert_eq!(decide(rulebook, facts, s.now), decision, "the same again");
    match decision.attention.first().map(|r| &r.kind) {
        Some(ReasonKind::HookFailed(failure)) => {
            assert!(decision.actions.is_empty(), "nothing is sent");
            Said::Failed(failure.message.en.clone())
        }
        _ => Said::Value,
    }
}

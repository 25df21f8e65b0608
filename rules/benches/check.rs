//! How long reading and checking a large rulebook takes: 1,000 files with 5,000 rules, from nothing, and after one file has changed.
//!
//! `cargo bench -p relance-rules --bench check`

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    missing_docs,
    reason = "a benchmark reads the clock, prints, and stops when something is wrong"
)]

use std::fmt::Write;
use std::time::{Duration, Instant};

use relance_rules::dsl::diagnostic::render;
use relance_rules::rulebook::{Built, Files, build, build_again};

/// Scenarios, each in a file of its own and with a segment of its own.
const SCENARIOS: usize = 998;
const ROUNDS: usize = 11;

fn main() {
    let files = files();
    let rules: usize = files.0.values().map(|text| rules_in(text)).sum();
    let bytes: usize = files.0.values().map(String::len).sum();
    println!("{} files, {rules} rules, {} KiB", files.0.len(), bytes / 1024);
    sound(&build(&files));

    let mut cold = Vec::new();
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let built = build(&files);
        cold.push(start.elapsed());
        sound(&built);
    }
    report("from nothing", cold);

    for changed in ["scenarios/group_500.relance", "segments.relance"] {
        let mut files = files.clone();
        let mut before = build(&files);
        let mut again = Vec::new();
        for round in 0..ROUNDS {
            writeln!(files.0.get_mut(changed).unwrap(), "// change {round}").unwrap();
            let start = Instant::now();
            let built = build_again(&before.parsed, &files);
            again.push(start.elapsed());
            sound(&built);
            before = built;
        }
        report(&format!("after a change of {changed}"), again);
    }
}

/// Segments and a score in one file each, and the scenarios.
fn files() -> Files {
    let mut files = Files::default();
    let mut segments = "edition 2026\n\nsegments {\n".to_owned();
    for n in 0..SCENARIOS {
        writeln!(
            segments,
            "  group_{n} \"Group {n}\" when account.revenue_12m >= {} EUR and customer.country is one of {}",
            1_000_000 - n,
            ["FR, BE", "DE, AT", "IT, ES, PT"][n % 3]
        )
        .unwrap();
    }
    segments.push_str("  rest otherwise\n}\n");
    files.0.insert("segments.relance".into(), segments);
    files.0.insert("score.relance".into(), SCORE.into());
    for n in 0..SCENARIOS {
        files
            .0
            .insert(format!("scenarios/group_{n}.relance"), scenario(n));
    }
    files
}

const SCORE: &str = r#"edition 2026

score payer from 0 to 100 start 60 {
  add 20      when account.on_time_rate_12m >= 90 %
  add 10      when account.paid_invoices_12m >= 6 and account.average_days_late <= 3
  subtract 1  per day of account.average_days_late above 5, at most 30
  subtract 15 when account.broken_promises_12m >= 1
  subtract 10 when account.oldest_overdue_days > 60
  subtract 5  when account.credit_used > 95 %
  subtract 5  when account.open_invoices > 20
  subtract 5  when customer.kind is consumer and account.overdue > 250 EUR
  subtract 1  per invoice of account.overdue_invoices above 3, at most 5
  bands { good "Good payer" from 70, fair "Fair" from 40, poor "Poor payer" }
}
"#;

fn scenario(n: usize) -> String {
    let also = if n == 0 { ", rest" } else { "" };
    format!(
        r#"edition 2026
use std.france

// Group {n} has its own clock and its own words.
scenario scenario_{n} "Scenario {n}" for group_{n}{also} {{
  language  contact.language else customer.language else fr
  tone      courteous; firm when score is poor
  send      on business days of france, 09:00 to 17:30, company time
  contact   role accounts_payable else main
  ignore    invoices under 15 EUR
  limit     1 message per 5 days
  hold      while disputed, promised, on plan, or unallocated cash covers it

  dunning {{
    level 1 statement "Statement" 3 days after due when invoice.balance >= 50 EUR {{ email template statement }}
    level 2 reminder  "Reminder"  8 days after level 1 when account.overdue >= 100 EUR or score is not good {{ email template reminder }}
    level 3 call      "Call"      7 days after level 2 when account.overdue >= 500 EUR {{ call script call_reminder assign collector within 2 business days }}
    level 4 final     "Last word" 10 days after level 3 when account.overdue >= 150 EUR and not (customer.kind is public) {{ email template final_reminder tone formal }}
  }}

  thanks {{ when paid in full {{ email template thanks, at most once per 60 days }} }}
}}
"#
    )
}

/// Lines that say when something holds: segments, lines of the score, levels.
fn rules_in(text: &str) -> usize {
    let starts = ["group_", "rest ", "add ", "subtract ", "level "];
    let lines = text.lines().map(str::trim_start);
    lines
        .filter(|line| starts.iter().any(|s| line.starts_with(s)))
        .count()
}

fn sound(built: &Built) {
    if built.rulebook.is_none() {
        panic!("{}", render(&built.diagnostics, &built.sources, false, None));
    }
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    println!(
        "{what:<45} least {:>8.1?}, median {:>8.1?}",
        times[0],
        times[times.len() / 2]
    );
}

//! Fuzzing: each target of `fuzz/` for a bounded time, starting from the language cases of the tests.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::command::{cargo, run};
use crate::needs;

/// A target, the largest input that it is given, in bytes (small ones find more in the same time), and where the cases lie that it starts from.
struct Target {
    name: &'static str,
    largest: u32,
    seeds: &'static [&'static str],
}

const LANGUAGE: &[&str] = &["dsl/tests/good", "dsl/tests/bad"];
const TARGETS: &[Target] = &[
    Target {
        name: "parse",
        largest: 4096,
        seeds: LANGUAGE,
    },
    Target {
        name: "check",
        largest: 2048,
        seeds: LANGUAGE,
    },
    Target {
        name: "format",
        largest: 2048,
        seeds: LANGUAGE,
    },
    Target {
        name: "templates",
        largest: 2048,
        seeds: &["stdlib/templates"],
    },
];

/// What makes a build give the fuzzer its feedback. These are flags of the compiler's back end, so that no other compiler is needed.
const INSTRUMENTED: &[&str] = &[
    "--cfg=fuzzing",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
    "-Clink-dead-code",
    "-Ccodegen-units=1",
];

/// Runs every target (or one) for so many seconds. Fails at the first input that makes one fail; the input is kept in
/// `fuzz/found`.
pub fn run_all(seconds: &str, only: Option<&str>, seed: Option<&str>) -> Result<()> {
    let seconds: u32 = seconds.parse().context("so many seconds are no number")?;
    let chosen: Vec<_> = TARGETS
        .iter()
        .filter(|target| only.is_none_or(|name| name == target.name))
        .collect();
    if chosen.is_empty() {
        let all: Vec<&str> = TARGETS.iter().map(|target| target.name).collect();
        bail!("there is no such target; the targets are {}", all.join(", "));
    }
    needs::install_for_fuzzing()?;
    let target = host()?;
    run(cargo()
        .args([
            "build",
            "--release",
            "--locked",
            "--manifest-path",
            "fuzz/Cargo.toml",
            "--target",
            &target,
        ])
        .env("CARGO_ENCODED_RUSTFLAGS", INSTRUMENTED.join("\u{1f}")))?;
    let binaries = Path::new("fuzz/target").join(&target).join("release");
    for Target { name, largest, seeds } in chosen {
        println!("fuzzing {name} for {seconds} s");
        let corpus = Path::new("fuzz/corpus").join(name);
        let found = Path::new("fuzz/found").join(name);
        std::fs::create_dir_all(&corpus)?;
        std::fs::create_dir_all(&found)?;
        run(std::process::Command::new(binaries.join(name))
            .arg(corpus)
            .args(*seeds)
            .arg(format!("-max_total_time={seconds}"))
            .arg(format!("-seed={}", seed.unwrap_or("0")))
            .arg(format!("-max_len={largest}"))
            .arg(format!("-artifact_prefix={}/", found.display()))
            .args([
                "-timeout=10",
                "-rss_limit_mb=2048",
                "-print_final_stats=1",
                "-verbosity=0",
            ]))?;
        println!("fuzzing {name}: nothing found in {seconds} s");
    }
    Ok(())
}

/// The machine that this runs on, as the compiler calls it: flags given with a target do not reach build scripts.
fn host() -> Result<String> {
    let said = crate::command::output(std::process::Command::new("rustc").arg("-vV"))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host
        .context("the compiler does not say for which machine it builds")?
        .to_owned())
}

//! Chores of this repository, run as `cargo xtask <chore>`. Light on purpose: it is built before anything else is.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "chores read files and talk to whoever runs them"
)]

mod command;
mod deps;
mod faults;
mod fuzz;
mod mutants;
mod needs;
mod planted;
mod postgres;
mod sqlx_data;
mod tests;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask test          install what the tests need (Debian, as root) and run all of them,
                          then the store's tests once more on the Postgres of PyPI
cargo xtask sqlx          renew the offline query data in .sqlx
cargo xtask sqlx --check  fail when they are not what the queries say
cargo xtask fuzz 60 [target | --seed 1]
                          fuzz each target (or one) for so many seconds; with a seed the same way each time
cargo xtask mutants 2000  plant mistakes in the decisions, one at a time, and see that the reference model catches each within so many histories
cargo xtask faults --minutes 5 [--seed 1 [--pgbouncer program]]
                          let workers, database, mail server, clock and disk fail for so long, and count what went wrong
cargo xtask faults --mutants [name]
                          plant mistakes in a copy of the engine: the campaign must find each
cargo xtask deps          prove what the crates must not depend on
";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // Chores run at the root, wherever they are called from.
    std::env::set_current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))?;
    match arguments.as_slice() {
        ["test"] => tests::run(),
        ["sqlx"] => sqlx_data::renew(),
        ["sqlx", "--check"] => sqlx_data::check(),
        ["fuzz", seconds] => fuzz::run_all(seconds, None, None),
        ["fuzz", seconds, "--seed", seed] => fuzz::run_all(seconds, None, Some(seed)),
        ["fuzz", seconds, target] => fuzz::run_all(seconds, Some(target), None),
        ["mutants", histories] => mutants::run(histories),
        ["faults", "--minutes", minutes] => faults::campaign(minutes, "1", None),
        ["faults", "--minutes", minutes, "--seed", seed] => faults::campaign(minutes, seed, None),
        [
            "faults",
            "--minutes",
            minutes,
            "--seed",
            seed,
            "--pgbouncer",
            program,
        ] => faults::campaign(minutes, seed, Some(program)),
        ["faults", "--mutants"] => faults::try_mutants(None),
        ["faults", "--mutants", name] => faults::try_mutants(Some(name)),
        ["deps"] => deps::check(),
        [] | ["help" | "--help" | "-h"] => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("there is no chore `{}`\n\n{HELP}", other.join(" ")),
    }
}

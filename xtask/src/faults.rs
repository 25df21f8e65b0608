//! The fault campaign, and whether it would notice: the same campaign over an engine with a planted mistake must fail.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use anyhow::{Context as _, Result, bail};

use crate::command::{cargo, output, run};
use crate::needs;
use crate::planted::{self, Mutant};
use crate::postgres::Postgres;

/// Seconds that a planted mistake has to be found.
const SEARCH: &str = "240";

/// Lets everything fail for so many minutes, with a PgBouncer between the workers and the database when one is named.
pub fn campaign(minutes: &str, seed: &str, pgbouncer: Option<&str>) -> Result<()> {
    let minutes: u64 = minutes.parse().context("so many minutes are no number")?;
    needs::install()?;
    run(cargo().args(["build", "--quiet", "--locked", "--package", "relance-faults"]))?;
    let program = target().join("debug/faults");
    let seconds = (minutes * 60).to_string();
    let mut command = std::process::Command::new(program);
    command.args(["campaign", "--seconds", &seconds, "--seed", seed]);
    if let Some(pgbouncer) = pgbouncer {
        command.args(["--pgbouncer", pgbouncer]);
    }
    run(&mut command)
}

fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| PathBuf::from("target"), PathBuf::from)
}

/// Plants each mistake (or one) in a copy of the sources; each must be found.
pub fn try_mutants(only: Option<&str>) -> Result<()> {
    needs::install()?;
    let root = std::env::current_dir()?;
    let chosen: Vec<Mutant> = planted::all(&root)?
        .into_iter()
        .filter(|mutant| only.is_none_or(|name| name == mutant.name))
        .collect();
    if chosen.is_empty() {
        bail!("there is no such mutant");
    }
    let copy = root.join(target()).join("mutants/sources");
    let built = root.join(target()).join("mutants/target");
    let mut survivors = Vec::new();
    for mutant in &chosen {
        renew(&root, &copy)?;
        for (path, text) in mutant.files(&root)? {
            fs::write(copy.join(path), text)?;
        }
        std::env::set_current_dir(&copy)?;
        let found = find(&built);
        std::env::set_current_dir(&root)?;
        match found? {
            Some(promises) => println!("{:<28} found: {promises}", mutant.name),
            None => {
                println!("{:<28} NOT FOUND: {}", mutant.name, mutant.what);
                survivors.push(mutant.name.as_str());
            }
        }
    }
    if !survivors.is_empty() {
        bail!("the campaign does not notice: {}", survivors.join(", "));
    }
    println!("all {} planted mistakes were found", chosen.len());
    Ok(())
}

/// Copies the sources; files that are the same keep their time, so that they are not built again.
fn renew(root: &Path, copy: &Path) -> Result<()> {
    let files = output(std::process::Command::new("git").args(["ls-files", "-z"]))?;
    for file in files.split('\0').filter(|file| !file.is_empty()) {
        let (from, to) = (root.join(file), copy.join(file));
        if !from.is_file() {
            continue;
        }
        let new = fs::read(&from)?;
        if fs::read(&to).is_ok_and(|old| old == new) {
            continue;
        }
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(to, new)?;
    }
    Ok(())
}

/// Builds the campaign with the mistake and runs it; the promises that were broken, if any.
fn find(built: &Path) -> Result<Option<String>> {
    // The queries may be others than the ones that are known: a database is asked.
    let postgres = Postgres::start()?;
    run(cargo()
        .args(["build", "--quiet", "--locked", "--package", "relance-faults"])
        .env("CARGO_TARGET_DIR", built)
        .env("CARGO_PROFILE_DEV_DEBUG", "0")
        .env("SQLX_OFFLINE", "false")
        .env("RUSTFLAGS", "--cap-lints=allow")
        .env("DATABASE_URL", postgres.url()))?;
    drop(postgres);
    let ended = std::process::Command::new(built.join("debug/faults"))
        .args(["campaign", "--seconds", SEARCH, "--seed", "1", "--stop-at-first"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()?;
    if ended.status.success() {
        return Ok(None);
    }
    let report = String::from_utf8_lossy(&ended.stdout);
    let broken: Vec<&str> = report
        .lines()
        .skip_while(|line| !line.starts_with("violations"))
        .filter_map(|line| line.trim().split_once("  "))
        .filter(|(count, _)| count.parse::<u64>().is_ok_and(|count| count > 0))
        .map(|(_, promise)| promise)
        .collect();
    if broken.is_empty() {
        bail!("the campaign broke off: {report}");
    }
    Ok(Some(broken.join(", ")))
}

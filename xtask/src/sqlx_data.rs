//! What the database says of each query, kept in `.sqlx` so that building needs no database.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::Path;
use std::time::SystemTime;

use anyhow::{Context as _, Result, bail};

use crate::command::{cargo, run};
use crate::postgres::Postgres;

const KEPT: &str = ".sqlx";

/// Files by name.
type Data = BTreeMap<String, String>;

/// Writes the data anew.
pub fn renew() -> Result<()> {
    let (now, before) = (ask()?, read(Path::new(KEPT))?);
    fs::create_dir_all(KEPT)?;
    for name in before.keys().filter(|name| !now.contains_key(*name)) {
        fs::remove_file(Path::new(KEPT).join(name))?;
    }
    for (name, text) in now.iter().filter(|(name, text)| before.get(*name) != Some(*text)) {
        fs::write(Path::new(KEPT).join(name), text)?;
    }
    println!("{} queries", now.len());
    Ok(())
}

/// Fails when the data are not what the database says.
pub fn check() -> Result<()> {
    let (now, before) = (ask()?, read(Path::new(KEPT))?);
    let missing = now.keys().filter(|name| !before.contains_key(*name)).count();
    let stale = before.keys().filter(|name| !now.contains_key(*name)).count();
    let different = now
        .iter()
        .filter(|(name, text)| before.get(*name).is_some_and(|kept| kept != *text))
        .count();
    if missing + stale + different > 0 {
        bail!(
            "the query data in {KEPT} are not those of the queries: {missing} missing, {stale} left over, {different} different; \
             run `cargo xtask sqlx` and commit the folder"
        );
    }
    println!("{} queries as expected", now.len());
    Ok(())
}

/// Has the engine's queries checked against a fresh database; the macros write down what it says.
fn ask() -> Result<Data> {
    let postgres = Postgres::start()?;
    let folder = std::env::temp_dir().join(format!("relance-query-data-{}", std::process::id()));
    fs::create_dir(&folder)?;
    // Newer than its last build: else nothing is compiled and no query asked.
    File::options()
        .append(true)
        .open("engine/src/lib.rs")
        .and_then(|file| file.set_modified(SystemTime::now()))
        .context("cannot touch engine/src/lib.rs")?;
    let checked = run(cargo()
        .args(["check", "--quiet", "--locked", "--package", "relance-engine"])
        .env("SQLX_OFFLINE", "false")
        .env("SQLX_OFFLINE_DIR", &folder)
        .env("DATABASE_URL", postgres.url()));
    let data = read(&folder);
    fs::remove_dir_all(&folder)?;
    checked?;
    data
}

fn read(folder: &Path) -> Result<Data> {
    let mut data = Data::new();
    if !folder.is_dir() {
        return Ok(data);
    }
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("query-") {
            data.insert(name, fs::read_to_string(entry.path())?);
        }
    }
    Ok(data)
}

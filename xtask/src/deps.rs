//! What is absent, proved: the language and the rules know no I/O, dependencies point one way, the server knows no SQL.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, bail};

use crate::command::{cargo, output};

/// What the pure crates must not depend on, not even at a distance.
const IMPURE: [&str; 14] = [
    "async-std",
    "axum",
    "hyper",
    "lettre",
    "mio",
    "notify",
    "rand",
    "rand_core",
    "reqwest",
    "smol",
    "socket2",
    "sqlx",
    "sqlx-core",
    "tokio",
];

/// Our crates from the bottom up: each may depend on those before it, never on those behind it.
const LAYERS: [&str; 5] = [
    "relance-dsl",
    "relance-stdlib",
    "relance-rules",
    "relance-engine",
    "relance",
];

/// Checks all of it; all violations are told at once.
pub fn check() -> Result<()> {
    let mut wrong = Vec::new();
    for pure in ["relance-dsl", "relance-stdlib", "relance-rules"] {
        for found in dependencies(pure, &[])?
            .iter()
            .filter(|name| IMPURE.contains(&name.as_str()))
        {
            wrong.push(format!(
                "{pure} depends on {found}: it must stay free of I/O, clocks and randomness"
            ));
        }
    }
    for (layer, package) in LAYERS.iter().enumerate() {
        let direct = dependencies(package, &["--depth", "1"])?;
        for upper in LAYERS[layer..].iter().filter(|upper| *upper != package) {
            if direct.contains(*upper) {
                wrong.push(format!(
                    "{package} depends on {upper}: dependencies point down only"
                ));
            }
        }
    }
    if dependencies("relance", &["--depth", "1"])?.contains("sqlx") {
        wrong.push("relance depends on sqlx: the server knows no SQL".to_owned());
    }
    sql_in(Path::new("server/src"), &mut wrong)?;
    if !wrong.is_empty() {
        bail!("{}", wrong.join("\n"));
    }
    println!("dependencies are as they should be");
    Ok(())
}

/// The names of the packages that a package is built with, itself left out.
fn dependencies(package: &str, more: &[&str]) -> Result<BTreeSet<String>> {
    let mut tree = cargo();
    tree.args([
        "tree",
        "--locked",
        "--package",
        package,
        "--edges",
        "normal",
        "--prefix",
        "none",
    ])
    .args(["--format", "{p}"])
    .args(more);
    Ok(output(&mut tree)?
        .lines()
        .filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != package)
        .map(str::to_owned)
        .collect())
}

/// Looks for SQL in the code (not in comments) of a folder.
fn sql_in(folder: &Path, wrong: &mut Vec<String>) -> Result<()> {
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            sql_in(&path, wrong)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            for (index, line) in text.lines().enumerate() {
                if is_sql(line) {
                    wrong.push(format!(
                        "{}:{}: SQL in the server: {}",
                        path.display(),
                        index + 1,
                        line.trim()
                    ));
                }
            }
        }
    }
    Ok(())
}

fn is_sql(line: &str) -> bool {
    let line = line.trim().to_lowercase();
    if line.starts_with("//") {
        return false;
    }
    let both = |first: &str, second: &str| {
        line.split_once(first)
            .is_some_and(|(_, rest)| rest.contains(second))
    };
    line.contains("sqlx::")
        || line.contains("insert into ")
        || line.contains("delete from ")
        || both("\"select ", " from ")
        || both("\"update ", " set ")
}

#[cfg(test)]
mod tests {
    use super::is_sql;

    #[test]
    fn queries_are_found_and_prose_is_not() {
        assert!(is_sql(r#"    let q = "SELECT name FROM users";"#));
        assert!(is_sql("use sqlx::PgPool;"));
        assert!(is_sql(r#"run("update users set name = ''")"#));
        assert!(!is_sql("// select one from the list"));
        assert!(!is_sql(r#"p { "Choose a customer from the list" }"#));
    }
}

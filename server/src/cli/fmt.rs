//! `relance fmt`.

use std::fs;
use std::io::{IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use relance_rules::dsl::diagnostic::{self, Diagnostic};
use relance_rules::dsl::format::format;
use relance_rules::dsl::lang::Lang;
use relance_rules::dsl::span::SourceMap;
use relance_rules::rulebook::damage;
use relance_rules::vocabulary::VOCABULARY;

use super::mend::replace;
use super::{Context, Format, Outcome};
use crate::terminal::{err, out, outln};

/// Lay out rule files in the one way, or translate them
///
/// Examples:
///   relance fmt                     all rule files in this folder and below
///   relance fmt rules/ --check      change nothing; exit code 1 when a file is laid out otherwise
///   relance fmt rules/ --to fr      write the rules in French; names, titles and comments stay as they are
///   relance fmt --stdin             from standard input to standard output, for editors
///
/// A file with mistakes stays as it is; they are shown as `relance check` shows them, and exit code is 1. The others are
/// formatted all the same.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// Files, and folders with all rule files in them; without any, the current folder
    paths: Vec<PathBuf>,
    /// Change nothing, and say which files would change
    #[arg(long)]
    check: bool,
    /// Read one file from standard input, and print it
    #[arg(long, conflicts_with_all = ["paths", "check"])]
    stdin: bool,
    /// Write the rules in this language, fr or en
    #[arg(long, value_parser = super::check::language, value_name = "LANGUAGE")]
    to: Option<Lang>,
}

/// What came of all files.
#[derive(Default)]
struct Done {
    /// Files that were changed, or would be.
    changed: Vec<String>,
    /// Mistakes of files, each with its own sources.
    bad: Vec<(Vec<Diagnostic>, SourceMap)>,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let to = arguments.to;
    if arguments.stdin {
        return stdin(to);
    }
    let files = files(&arguments.paths)?;
    let json = context.format == Format::Json;
    let mut done = Done::default();
    let mut failed = Vec::new();
    for path in &files {
        let shown = path.display().to_string();
        let text = match fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => {
                failed.push(format!("{shown} cannot be read: {error}"));
                continue;
            }
        };
        match laid_out(&shown, &text, to) {
            Ok(new) if new == text => {}
            Ok(new) if arguments.check => {
                if !json {
                    outln!("{shown}: {}", first_difference(&text, &new));
                }
                done.changed.push(shown);
            }
            Ok(new) => {
                if let Err(error) = replace(path, &new) {
                    failed.push(format!("{shown} cannot be written: {error}"));
                    continue;
                }
                if !json {
                    outln!("{shown}");
                }
                done.changed.push(shown);
            }
            Err(bad) => done.bad.push(bad),
        }
    }
    let outcome = report(context, arguments.check, files.len(), &done)?;
    // The others were done all the same.
    anyhow::ensure!(failed.is_empty(), failed.join("; "));
    Ok(outcome)
}

/// The text as it should be laid out; mistakes, with the sources that they are in, when it cannot be.
fn laid_out(shown: &str, text: &str, to: Option<Lang>) -> Result<String, (Vec<Diagnostic>, SourceMap)> {
    let mut sources = SourceMap::default();
    sources.add(shown, text);
    let damage = damage(&sources);
    if !damage.is_empty() {
        return Err((damage, sources));
    }
    format(text, &VOCABULARY, to).map_err(|diagnostics| (diagnostics, sources))
}

/// One file from standard input to standard output.
fn stdin(to: Option<Lang>) -> anyhow::Result<Outcome> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .read_to_end(&mut bytes)
        .context("standard input cannot be read")?;
    match laid_out("standard input", &String::from_utf8_lossy(&bytes), to) {
        Ok(new) => {
            out!("{new}");
            Ok(Outcome::Done)
        }
        Err((diagnostics, sources)) => {
            let color = std::io::stderr().is_terminal();
            err!("{}", diagnostic::render(&diagnostics, &sources, color, None));
            Ok(Outcome::Problems)
        }
    }
}

fn report(context: &Context, check: bool, files: usize, done: &Done) -> anyhow::Result<Outcome> {
    let placed: Vec<_> = done
        .bad
        .iter()
        .flat_map(|(diagnostics, sources)| diagnostics.iter().map(move |d| d.placed(sources, None)))
        .collect();
    let value = serde_json::json!({ "files": files, "changed": done.changed, "diagnostics": placed });
    if !context.json(&value)? {
        let color = std::io::stdout().is_terminal();
        for (diagnostics, sources) in &done.bad {
            out!("{}", diagnostic::render(diagnostics, sources, color, None));
        }
        outln!("{}", summary(check, files, done));
    }
    Ok(if !done.bad.is_empty() || check && !done.changed.is_empty() {
        Outcome::Problems
    } else {
        Outcome::Done
    })
}

fn summary(check: bool, files: usize, done: &Done) -> String {
    if files == 0 {
        return "There is no rule file here: rule files end in .relance.".to_owned();
    }
    let many = |n: usize| format!("{n} file{}", if n == 1 { "" } else { "s" });
    let changed = match (check, done.changed.len()) {
        (_, 0) => "nothing to change".to_owned(),
        (true, n) => format!("{n} to be formatted"),
        (false, n) => format!("{n} formatted"),
    };
    let bad = match done.bad.len() {
        0 => String::new(),
        n => format!(", {n} left alone because of mistakes"),
    };
    format!("{}: {changed}{bad}.", many(files))
}

/// All rule files that are meant, in order. Folders whose names begin with a point are passed over.
fn files(paths: &[PathBuf]) -> anyhow::Result<Vec<PathBuf>> {
    let here = [PathBuf::from(".")];
    let mut found = Vec::new();
    for path in if paths.is_empty() { here.as_slice() } else { paths } {
        let shown = path.display();
        let kind = fs::metadata(path).with_context(|| format!("{shown} cannot be read"))?;
        if kind.is_dir() {
            below(path, &mut found).with_context(|| format!("{shown} cannot be read"))?;
        } else {
            found.push(path.clone());
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn below(folder: &Path, found: &mut Vec<PathBuf>) -> std::io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let hidden = entry.file_name().to_string_lossy().starts_with('.');
        // Links are not followed: they may lead in a circle.
        let kind = entry.file_type()?;
        if kind.is_dir() && !hidden {
            below(&path, found)?;
        } else if kind.is_file() && path.extension().is_some_and(|e| e == "relance") {
            found.push(path);
        }
    }
    Ok(())
}

/// The first line that would change.
fn first_difference(old: &str, new: &str) -> String {
    let (mut old, mut new) = (old.split('\n'), new.split('\n'));
    let mut line = 1;
    loop {
        match (old.next(), new.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            (Some(a), Some(b)) => {
                return format!("line {line}\n  - {}\n  + {b}", a.trim_end_matches('\r'));
            }
            (Some(a), None) => return format!("line {line}\n  - {a}"),
            (None, Some(b)) => return format!("line {line}\n  + {b}"),
            (None, None) => return String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_line_that_differs_is_shown() {
        assert_eq!(first_difference("a\nb\n", "a\nc\n"), "line 2\n  - b\n  + c");
        assert_eq!(first_difference("a", "a\n"), "line 2\n  + ");
    }

    #[test]
    fn folders_are_searched_for_rule_files() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs::create_dir_all(at("deep/er")).unwrap();
        fs::create_dir_all(at(".git")).unwrap();
        for name in ["b.relance", "deep/er/a.relance", "note.txt", ".git/c.relance"] {
            fs::write(at(name), "").unwrap();
        }
        let found = files(&[folder.path().to_owned(), at("b.relance")]).unwrap();
        assert_eq!(found, [at("b.relance"), at("deep/er/a.relance")]);
    }
}

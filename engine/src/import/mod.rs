//! Files of the accounting system into the store: folders of CSV files, read by a mapping.
//!
//! Files may come in any order and again and again: what is stored already changes nothing and wakes nobody.

#![allow(
    clippy::disallowed_methods,
    reason = "this is where files are read: the import's folder and the list of refused lines"
)]

mod apply;
mod batch;
mod cells;
mod custom;
mod distinct;
mod lines;
mod mapping;
mod read;
mod rejects;
mod row;
mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::Serialize;
use sqlx::{PgConnection, PgPool};

pub use batch::{Batch, CustomerNumber, InvoiceLine, Line, PaymentLine, Place};
pub use custom::Notice;
pub use mapping::{Described, Field, Format, Mapping, Source};

use relance_rules::dsl::checked;
use relance_rules::ids::CustomerId;

use crate::store::companies::Company;
use crate::store::imports::{self, ImportRunId};
use crate::store::{StoreError, accounts, customers, statistics};
use apply::Sink;
use custom::Customs;

/// Who is named in the events of an import.
pub const ACTOR: &str = "import";

/// Lines in one transaction: the accounts in it are locked until its end.
const CHUNK: usize = 1_000;

/// Why an import could not be done at all.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The mapping is wrong, or does not fit the files.
    #[error("the mapping does not serve: {why}")]
    Mapping {
        /// Where, what, and what to write instead.
        why: String,
    },
    /// A file cannot be read.
    #[error("cannot read {path}: {source}")]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file is no CSV.
    #[error("{file} cannot be read as CSV: {why}")]
    NotCsv {
        /// Which.
        file: String,
        /// Why.
        why: String,
    },
    /// The store failed; nothing of the part under way was written.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for ImportError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}

/// Why a line was refused.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reject {
    /// The file's name in the folder.
    pub file: String,
    /// The line in the file, from 1, the header included.
    pub line: u32,
    /// Column name in the file; none when the whole line is meant.
    pub field: Option<String>,
    /// The value found there.
    pub value: Option<String>,
    /// What is wrong, in words, and what is expected.
    pub reason: String,
}

/// What became of the lines of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Lines read.
    pub read: u32,
    /// Stored for the first time.
    pub new: u32,
    /// Stored differently than before.
    pub changed: u32,
    /// As stored before, or said by an earlier line, or saying nothing: nothing was written.
    pub unchanged: u32,
    /// Refused.
    pub rejected: u32,
    /// Dated after today, left for a later run (only with `replay`).
    pub later: u32,
}

/// What [`apply`] did.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Applied {
    /// Of customers.
    pub customers: Counts,
    /// Of contacts.
    pub contacts: Counts,
    /// Of invoices and credit notes.
    pub invoices: Counts,
    /// Of payments.
    pub payments: Counts,
    /// What was refused, by file and line.
    pub rejects: Vec<Reject>,
}

/// What [`run`] did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// The run's number in the company.
    pub run_id: ImportRunId,
    /// Counts by kind: `customers`, `contacts`, `invoices`, `payments`.
    pub counts: BTreeMap<&'static str, Counts>,
    /// What was refused, by file and line.
    pub rejects: Vec<Reject>,
    /// Where the refused lines are listed as CSV; none when there are none, or the folder cannot be written.
    pub rejects_file: Option<PathBuf>,
    /// What was noticed and is no reason to refuse a line: fields of the firm's own that nobody declares, or that do not fit.
    pub notices: Vec<Notice>,
}

/// Imports a folder by a mapping: good lines are in, bad ones are listed in the report, in the store and in
/// `rejects-<run>.csv` in the folder. `declared` are the fields of the firm's own that the rules in force have. Invoices and payments are written in one transaction; what an error leaves undone, the next
/// run does.
pub async fn run(
    pool: &PgPool,
    company: &Company,
    folder: &Path,
    mapping: &Mapping,
    declared: &[Arc<checked::Field>],
    actor: &str,
    now: DateTime<Utc>,
) -> Result<ImportReport, ImportError> {
    let customs = Customs::new(declared, company.currency);
    let read::Read {
        batch,
        mut so_far,
        notices,
    } = read::folder(folder, mapping, company, company.today(now), customs)?;
    let mut connection = pool.acquire().await?;
    let source = folder.display().to_string();
    let run_id = imports::start(&mut connection, company.id, &source, actor, now).await?;
    drop(connection);
    in_chunks(pool, company, batch, &mut so_far, now).await?;
    so_far.sort();
    let counts = read::counts(&so_far);
    let stored = serde_json::to_value(&counts).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    let noticed = serde_json::to_value(&notices).map_err(|e| sqlx::Error::Encode(Box::new(e)))?;
    let rows: Vec<_> = so_far.rejects.iter().map(rejects::row).collect();
    let mut tx = pool.begin().await?;
    let outcome = imports::RunOutcome {
        counts: &stored,
        notices: &noticed,
        rejects: &rows,
    };
    imports::finish(&mut tx, company.id, run_id, outcome, now).await?;
    tx.commit().await?;
    statistics::keep(pool).await?;
    Ok(ImportReport {
        rejects_file: rejects::write(folder, run_id, &so_far.rejects),
        run_id,
        counts,
        rejects: so_far.rejects,
        notices,
    })
}

/// Puts a batch into the store, the same way as an import from files: customers, contacts, invoices and credit notes,
/// payments, in this order. Lines as they are stored change nothing and wake nobody; bad ones are refused one by one.
pub async fn apply(
    connection: &mut PgConnection,
    company: &Company,
    mut batch: Batch,
    now: DateTime<Utc>,
) -> Result<Applied, StoreError> {
    let mut applied = Applied::reading(&batch);
    distinct::distinct(&mut batch, &mut applied);
    one(connection, company, batch, &mut applied, now).await?;
    applied.sort();
    Ok(applied)
}

/// Kind by kind, so that what a line names is there before it: customers and contacts in transactions of [`CHUNK`] lines, then
/// invoices and payments in one. Nobody sees an invoice open whose payment is still to come, and no half of the books stays
/// after an error. The accounts are locked first, all in one order: reviews and deliveries pass them over meanwhile.
async fn in_chunks(
    pool: &PgPool,
    company: &Company,
    mut batch: Batch,
    so_far: &mut Applied,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    distinct::distinct(&mut batch, so_far);
    let mut books = batch.books();
    while let Some(part) = batch.take(CHUNK) {
        let mut tx = pool.begin().await?;
        one(&mut tx, company, part, so_far, now).await?;
        tx.commit().await?;
    }
    let mut tx = pool.begin().await?;
    let customers = customers::ids_by_number(&mut tx, company, &books.named_customers()).await?;
    let customers: Vec<CustomerId> = customers.into_iter().flatten().collect();
    accounts::lock_many(&mut tx, company.id, &customers).await?;
    while let Some(part) = books.take(CHUNK) {
        one(&mut tx, company, part, so_far, now).await?;
    }
    tx.commit().await?;
    Ok(())
}

async fn one(
    connection: &mut PgConnection,
    company: &Company,
    batch: Batch,
    so_far: &mut Applied,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Applied {
        customers,
        contacts,
        invoices,
        payments,
        rejects,
    } = so_far;
    let mut sink = Sink {
        company,
        now,
        counts: customers,
        rejects,
    };
    sink.customers(&mut *connection, batch.customers).await?;
    sink.counts = contacts;
    sink.contacts(&mut *connection, batch.contacts).await?;
    sink.counts = invoices;
    sink.invoices(&mut *connection, batch.invoices).await?;
    sink.counts = payments;
    sink.payments(&mut *connection, batch.payments).await
}

impl Applied {
    /// A batch that was just read, with nothing done.
    fn reading(batch: &Batch) -> Self {
        let read = |lines: usize| Counts {
            read: u32::try_from(lines).unwrap_or(u32::MAX),
            ..Counts::default()
        };
        Self {
            customers: read(batch.customers.len()),
            contacts: read(batch.contacts.len()),
            invoices: read(batch.invoices.len()),
            payments: read(batch.payments.len()),
            rejects: Vec::new(),
        }
    }

    /// By file and line. A line that was refused as several things, or whose refusal drew others after it, is listed once,
    /// for the first reason.
    fn sort(&mut self) {
        self.rejects
            .sort_by(|a, b| (&a.file, a.line).cmp(&(&b.file, b.line)));
        self.rejects
            .dedup_by(|later, first| (&later.file, later.line) == (&first.file, first.line));
    }
}

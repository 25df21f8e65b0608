//! The files of a folder into a batch, by the mapping.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use relance_rules::dsl::checked::FieldOwner;

use super::batch::{Batch, Line, Place};
use super::cells::Notation;
use super::custom::{Customs, Notice};
use super::lines;
use super::mapping::{Mapping, Source};
use super::row::{Bad, Fields, Row};
use super::table::Table;
use super::{Applied, Counts, ImportError, Reject};
use crate::store::companies::Company;

/// What a folder holds.
pub(super) struct Read {
    pub(super) batch: Batch,
    /// Lines read, refused and left for later, and the refusals.
    pub(super) so_far: Applied,
    /// What was noticed besides.
    pub(super) notices: Vec<Notice>,
}

/// What one line is, in one of its kinds.
pub(super) enum Seen<T> {
    /// It says this.
    Line(T),
    /// It is dated after today.
    Later,
}

/// Reads all files.
pub(super) fn folder(
    folder: &Path,
    mapping: &Mapping,
    company: &Company,
    today: NaiveDate,
    mut customs: Customs<'_>,
) -> Result<Read, ImportError> {
    for (of, sources) in [
        (FieldOwner::Invoice, &mapping.invoices),
        (FieldOwner::Customer, &mapping.customers),
    ] {
        for source in sources {
            customs.undeclared(of, &source.file, source.fields.keys());
        }
    }
    let mut reader = Reader {
        folder,
        mapping,
        listed: HashSet::new(),
        refused: HashSet::new(),
        rejects: Vec::new(),
    };
    let mut so_far = Applied::default();
    let latest = mapping.replay.then_some(today);
    let payments = reader.kind(&mapping.payments, &mut so_far.payments, |source, _, row, _| {
        lines::payment(row, company, latest, source.unpaid_when_empty)
    })?;
    // A line that gives an invoice and its payment comes in whole or not at all: else who paid would be reminded.
    reader.refused = reader
        .rejects
        .iter()
        .map(|reject| (reject.file.clone(), reject.line))
        .collect();
    let invoices = reader.kind(&mapping.invoices, &mut so_far.invoices, |source, _, row, line| {
        let custom = customs.of_line(FieldOwner::Invoice, row, (&source.file, line))?;
        lines::invoice(row, company, latest, custom)
    })?;
    reader.refused.clear();
    let customers = reader.kind(
        &mapping.customers,
        &mut so_far.customers,
        |source, _, row, line| {
            let custom = customs.of_line(FieldOwner::Customer, row, (&source.file, line))?;
            lines::customer(row, company, custom)
        },
    )?;
    let mut first_contacts = HashMap::new();
    let contacts = reader.kind(&mapping.contacts, &mut so_far.contacts, |_, fields, row, _| {
        lines::contact(row, fields.has("main"), &mut first_contacts)
    })?;
    so_far.rejects = reader.rejects;
    Ok(Read {
        batch: Batch {
            customers,
            contacts,
            invoices,
            payments,
        },
        so_far,
        notices: customs.notices(),
    })
}

struct Reader<'a> {
    folder: &'a Path,
    mapping: &'a Mapping,
    /// Files whose unreadable lines are listed: once, though the file may serve several kinds.
    listed: HashSet<String>,
    /// Lines, by file and number, that are refused for what another kind found in them.
    refused: HashSet<(String, u32)>,
    rejects: Vec<Reject>,
}

impl Reader<'_> {
    fn kind<T>(
        &mut self,
        sources: &[Source],
        counts: &mut Counts,
        mut understand: impl FnMut(&Source, &Fields<'_>, &Row<'_>, u32) -> Result<Seen<T>, Bad>,
    ) -> Result<Vec<Line<T>>, ImportError> {
        let mut found = Vec::new();
        for source in sources {
            let notation = Notation::new(&source.format, &self.mapping.format)?;
            let Some(table) = Table::read(self.folder, &source.file, source.optional, &notation)? else {
                continue;
            };
            let fields = Fields::bind(source, &table, &notation)?;
            self.unreadable(&table, counts);
            for cells in &table.rows {
                counts.read += 1;
                if self.refused.contains(&(source.file.clone(), cells.line)) {
                    counts.rejected += 1;
                    continue;
                }
                match understand(source, &fields, &fields.row(cells), cells.line) {
                    Ok(Seen::Line(value)) => found.push(Line {
                        place: Place {
                            file: Arc::clone(&table.name),
                            line: cells.line,
                        },
                        value,
                    }),
                    Ok(Seen::Later) => counts.later += 1,
                    Err(bad) => {
                        counts.rejected += 1;
                        self.rejects.push(Reject {
                            file: source.file.clone(),
                            line: cells.line,
                            field: bad.column,
                            value: bad.value,
                            reason: bad.reason,
                        });
                    }
                }
            }
        }
        Ok(found)
    }

    fn unreadable(&mut self, table: &Table, counts: &mut Counts) {
        let lines = u32::try_from(table.rejects.len()).unwrap_or(u32::MAX);
        counts.read += lines;
        counts.rejected += lines;
        if self.listed.insert(table.name.to_string()) {
            self.rejects.extend(table.rejects.iter().cloned());
        }
    }
}

/// What each kind of file brought, for the run's record.
pub(super) fn counts(applied: &Applied) -> BTreeMap<&'static str, Counts> {
    [
        ("customers", applied.customers),
        ("contacts", applied.contacts),
        ("invoices", applied.invoices),
        ("payments", applied.payments),
    ]
    .into_iter()
    .filter(|(_, counts)| counts.read > 0)
    .collect()
}

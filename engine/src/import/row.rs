//! One line seen through the mapping: fields instead of cells.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ImportError;
use super::cells::{Notation, yes};
use super::mapping::{Described, Field, Source};
use super::table::{Cells, Table};

/// What is wrong with a cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Bad {
    pub(super) column: Option<String>,
    pub(super) value: Option<String>,
    pub(super) reason: String,
}

/// Where the fields of one file are.
pub(super) struct Fields<'a> {
    bound: BTreeMap<&'a str, Bound>,
    notation: &'a Notation,
}

struct Bound {
    index: Option<usize>,
    described: Described,
}

impl<'a> Fields<'a> {
    /// Finds the mapped columns in the header.
    pub(super) fn bind(
        source: &'a Source,
        table: &Table,
        notation: &'a Notation,
    ) -> Result<Self, ImportError> {
        let mut bound = BTreeMap::new();
        for (name, field) in &source.fields {
            let described = match field {
                Field::Column(column) => Described {
                    column: Some(column.clone()),
                    ..Described::default()
                },
                Field::Described(described) => described.clone(),
            };
            let index = match &described.column {
                None => None,
                Some(column) => Some(table.header.iter().position(|c| c == column).ok_or_else(|| {
                    let has = table.header.join(", ");
                    let why = format!(
                        "file {} has no column `{column}` for field `{name}`; its columns are {has}",
                        source.file
                    );
                    ImportError::Mapping { why }
                })?),
            };
            bound.insert(name.as_str(), Bound { index, described });
        }
        Ok(Self { bound, notation })
    }

    /// Whether the field is mapped.
    pub(super) fn has(&self, field: &str) -> bool {
        self.bound.contains_key(field)
    }

    /// A line.
    pub(super) fn row<'b>(&'b self, cells: &'b Cells) -> Row<'b> {
        Row {
            bound: &self.bound,
            notation: self.notation,
            cells: &cells.cells,
        }
    }
}

/// One line.
pub(super) struct Row<'a> {
    bound: &'a BTreeMap<&'a str, Bound>,
    notation: &'a Notation,
    cells: &'a [String],
}

impl Row<'_> {
    /// A refusal of this field's cell.
    pub(super) fn bad(&self, field: &str, reason: impl Into<String>) -> Bad {
        let bound = self.bound.get(field);
        Bad {
            column: bound.and_then(|b| b.described.column.clone()),
            value: bound
                .and_then(|b| b.index)
                .and_then(|i| self.cells.get(i))
                .cloned(),
            reason: reason.into(),
        }
    }

    /// The mapped fields whose names begin so.
    pub(super) fn fields_under(&self, prefix: &str) -> impl Iterator<Item = &str> {
        self.bound
            .keys()
            .copied()
            .filter(move |name| name.starts_with(prefix))
    }

    /// How values are written here.
    pub(super) fn notation(&self) -> &Notation {
        self.notation
    }

    /// The text; none when the field is not mapped or its cell is empty.
    pub(super) fn optional(&self, field: &str) -> Result<Option<String>, Bad> {
        let Some(bound) = self.bound.get(field) else {
            return Ok(None);
        };
        let described = &bound.described;
        if let Some(constant) = &described.constant {
            return Ok(Some(constant.clone()));
        }
        let cell = bound
            .index
            .and_then(|i| self.cells.get(i))
            .map_or("", String::as_str);
        if cell.is_empty() {
            return Ok(described.default.clone());
        }
        if described.values.is_empty() {
            return Ok(Some(format!("{}{cell}{}", described.prefix, described.suffix)));
        }
        match described.values.get(cell) {
            Some(value) => Ok(Some(value.clone())),
            None => Err(self.bad(
                field,
                "the mapping does not say what this means; add it to `values`",
            )),
        }
    }

    /// The text, which must be there.
    pub(super) fn text(&self, field: &str) -> Result<String, Bad> {
        self.optional(field)?
            .ok_or_else(|| self.bad(field, format!("`{field}` is empty")))
    }

    /// A text of two letters, in lower case: a language.
    pub(super) fn language(&self, field: &str) -> Result<Option<String>, Bad> {
        let text = self.optional(field)?.map(|text| text.to_lowercase());
        match &text {
            Some(text) if text.len() != 2 || !text.bytes().all(|b| b.is_ascii_lowercase()) => {
                Err(self.bad(field, "not a language; two letters such as fr are expected"))
            }
            _ => Ok(text),
        }
    }

    /// A day, which must be there.
    pub(super) fn date(&self, field: &str) -> Result<NaiveDate, Bad> {
        self.optional_date(field)?
            .ok_or_else(|| self.bad(field, format!("`{field}` is empty")))
    }

    /// A day.
    pub(super) fn optional_date(&self, field: &str) -> Result<Option<NaiveDate>, Bad> {
        self.parse(field, |text| self.notation.date(text))
    }

    /// An amount.
    pub(super) fn optional_amount(&self, field: &str) -> Result<Option<Decimal>, Bad> {
        self.parse(field, |text| self.notation.amount(text))
    }

    /// An amount, which must be there.
    pub(super) fn amount(&self, field: &str) -> Result<Decimal, Bad> {
        self.optional_amount(field)?
            .ok_or_else(|| self.bad(field, format!("`{field}` is empty")))
    }

    /// Yes or no; no when it is not mapped or empty.
    pub(super) fn yes(&self, field: &str) -> Result<bool, Bad> {
        Ok(self.parse(field, yes)?.unwrap_or(false))
    }

    /// A text read in a way that may refuse it.
    pub(super) fn parse<T>(
        &self,
        field: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> Result<Option<T>, Bad> {
        match self.optional(field)? {
            Some(text) => read(&text).map(Some).map_err(|reason| self.bad(field, reason)),
            None => Ok(None),
        }
    }
}

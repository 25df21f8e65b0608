//! Fields of the firm's own: mapped columns into texts that the rules can read, and what is to be said about them.

use std::collections::BTreeMap;
use std::sync::Arc;

use relance_rules::custom;
use relance_rules::dsl::checked::{self, FieldOwner, FieldType};
use relance_rules::dsl::money::Currency;
use serde::{Deserialize, Serialize};

use super::cells::Notation;
use super::row::{Bad, Row};
use crate::store::custom::Noted;

/// What stands before the name of a field of the firm's own among the fields of a mapping.
pub(super) const PREFIX: &str = "custom.";

/// Something that an import noticed and that is no reason to refuse a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "notice", rename_all = "snake_case")]
pub enum Notice {
    /// A column is mapped to a field that no rulebook declares: its values are stored, and nothing reads them.
    Undeclared {
        /// The field, as `customer.custom.region`.
        field: String,
        /// The file's name in the folder.
        file: String,
    },
    /// Some values cannot be read as what the rulebook declares: the rules take them as unknown.
    Unreadable {
        /// The field.
        field: String,
        /// The file's name in the folder.
        file: String,
        /// How many lines have such a value.
        lines: u32,
        /// The first of these lines, from 1, the header included.
        line: u32,
        /// What stands there.
        value: String,
    },
}

/// The fields that the rules in force declare, and what was noticed so far.
pub(super) struct Customs<'a> {
    declared: &'a [Arc<checked::Field>],
    currency: Currency,
    notices: Vec<Notice>,
}

impl<'a> Customs<'a> {
    pub(super) fn new(declared: &'a [Arc<checked::Field>], currency: Currency) -> Self {
        Self {
            declared,
            currency,
            notices: Vec::new(),
        }
    }

    /// What was noticed, in the order of the files.
    pub(super) fn notices(self) -> Vec<Notice> {
        self.notices
    }

    fn find(&self, of: FieldOwner, name: &str) -> Option<&'a Arc<checked::Field>> {
        let mut declared = self.declared.iter();
        declared.find(|field| field.of == of && field.names().any(|n| n == name))
    }

    /// Notes which mapped fields of a file nobody declares.
    pub(super) fn undeclared<'n>(
        &mut self,
        of: FieldOwner,
        file: &str,
        mapped: impl Iterator<Item = &'n String>,
    ) {
        let names = mapped.filter_map(|name| name.strip_prefix(PREFIX));
        let unknown = names.filter(|name| self.find(of, name).is_none());
        let notices: Vec<Notice> = unknown
            .map(|name| Notice::Undeclared {
                field: of.path_of(name).en,
                file: file.to_owned(),
            })
            .collect();
        self.notices.extend(notices);
    }

    /// The fields of a line. Days, numbers and amounts are brought from the file's way of writing them into the one that is read
    /// everywhere; what is written otherwise is noted, and kept only when nothing could take it for something else.
    pub(super) fn of_line(
        &mut self,
        of: FieldOwner,
        row: &Row<'_>,
        place: (&str, u32),
    ) -> Result<Noted, Bad> {
        let mut noted = Noted::new();
        for mapped in row.fields_under(PREFIX) {
            let name = mapped.strip_prefix(PREFIX).unwrap_or(mapped);
            let text = row.optional(mapped)?.map(|text| text.trim().to_owned());
            let text = text.filter(|text| !text.is_empty());
            let text = match (text, self.find(of, name)) {
                (Some(text), Some(field)) => match plain(&field.ty, &text, row.notation()) {
                    Some(plain) => {
                        if !self.is_readable(field, name, &plain) {
                            self.unreadable(of, name, place, &plain);
                        }
                        Some(plain)
                    }
                    None => {
                        self.unreadable(of, name, place, &text);
                        // The rules would read it in a way that the mapping does not say: better nothing than a guess.
                        Some(text).filter(|text| !self.is_readable(field, name, text))
                    }
                },
                (text, _) => text,
            };
            noted.insert(name.to_owned(), text);
        }
        Ok(noted)
    }

    fn is_readable(&self, field: &checked::Field, name: &str, text: &str) -> bool {
        let values = BTreeMap::from([(name.to_owned(), text.to_owned())]);
        custom::read(field, &values, self.currency).unreadable.is_none()
    }

    fn unreadable(&mut self, of: FieldOwner, name: &str, (file, line): (&str, u32), text: &str) {
        let path = of.path_of(name).en;
        let known = self.notices.iter_mut().find_map(|notice| match notice {
            Notice::Unreadable {
                field,
                file: named,
                lines,
                ..
            } if *field == path && named == file => Some(lines),
            _ => None,
        });
        match known {
            Some(lines) => *lines += 1,
            None => self.notices.push(Notice::Unreadable {
                field: path,
                file: file.to_owned(),
                lines: 1,
                line,
                value: text.to_owned(),
            }),
        }
    }
}

/// A text in the way that is read everywhere; none when it is a number, an amount or a day that is not written as the mapping says.
fn plain(ty: &FieldType, text: &str, notation: &Notation) -> Option<String> {
    let number = |text: &str| notation.amount(text.trim()).ok().map(|n| n.to_string());
    match ty {
        FieldType::Date => notation.date(text).ok().map(|day| day.to_string()),
        FieldType::Whole | FieldType::Number => number(text),
        FieldType::Percent => number(text.strip_suffix('%').unwrap_or(text)),
        FieldType::Amount => {
            let digits = text.trim_matches(|c: char| c.is_alphabetic() || c.is_whitespace() || c == '€');
            let currency = text.replacen(digits, "", 1);
            Some(
                format!("{} {}", number(digits)?, currency.trim())
                    .trim()
                    .to_owned(),
            )
        }
        FieldType::YesNo | FieldType::Text | FieldType::OneOf(_) => Some(text.to_owned()),
    }
}

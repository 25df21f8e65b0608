//! Fields of the firm's own, of a customer or of an invoice: as the rules declare them, with what is noted.

use std::collections::BTreeMap;

use maud::{Markup, html};
use relance_engine::store::companies::Company;
use relance_rules::dsl::checked::FieldOwner;
use relance_rules::words as rule_words;

use super::titles::Titles;
use crate::web::words::Words;

/// The fields of one customer or invoice, to be shown.
#[derive(Debug, Clone, Copy)]
pub struct Noted<'a> {
    /// Of which of the two.
    pub of: FieldOwner,
    /// What is stored, by name.
    pub values: &'a BTreeMap<String, String>,
    /// Whose: for amounts without a currency.
    pub company: &'a Company,
    /// The rules in force.
    pub titles: &'a Titles,
    /// The language.
    pub w: &'static Words,
}

impl Noted<'_> {
    /// Title and value of each field for which something is noted, first those that the rules declare, in their order, then those
    /// that they do not.
    fn lines(&self) -> Vec<(String, String)> {
        let declared = self.titles.fields(self.of);
        let mut known: Vec<&str> = Vec::new();
        let mut lines = Vec::new();
        for field in &declared {
            known.extend(field.names());
            let currency = self.company.currency;
            let value = rule_words::custom_value(field, self.values, currency, self.w.language);
            let title = field.name.title.as_ref().unwrap_or(&field.name.name);
            lines.extend(value.map(|value| (title.clone(), value)));
        }
        let others = self
            .values
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()));
        lines.extend(others.map(|(name, value)| (name.clone(), value.clone())));
        lines
    }

    /// A list of them; nothing when there are none.
    pub fn list(&self) -> Markup {
        let lines = self.lines();
        html! {
            @if !lines.is_empty() {
                section #fields { h2 { (self.w.own_fields) }
                    dl .facts { @for (title, value) in &lines { dt { (title) } dd { (value) } } }
                }
            }
        }
    }

    /// On one line, in small letters.
    pub fn line(&self) -> Markup {
        html! {
            @for (title, value) in self.lines() { br; small { (title) ": " (value) } }
        }
    }
}

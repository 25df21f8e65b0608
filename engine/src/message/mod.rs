//! What a message says: a template (MiniJinja in Markdown), filled in, as subject, plain text and HTML.
//!
//! Templates read these names: `company` {code, name, country, currency, bank, email}, `sender_name`, `customer` {number, name,
//! country, custom}, `contact` {name, salutation, email, phone; each may be none}, `invoices` [{number, issued, due, amount, balance, level,
//! days_overdue, purchase_order, custom}], `totals` [what is open, one amount for each currency], `total` (the same as words), `charges`
//! [{name, amount, detail; the detail may be none}], `total_due` (what is open with the charges, as words), `step` {title, level},
//! `level`, `tone`, `language`, `today`. Functions and filters: `table(invoices)`, `money`, `date`,
//! `plural("one", "many")` (as in `invoices | length | plural("facture", "factures")`), and MiniJinja's own but `safe`.
//!
//! Whatever is filled in stands for itself: a customer called `<b>` or `*A|B*` breaks neither the Markdown nor the HTML.

mod charges;
mod check;
mod custom;
mod environment;
mod front_matter;
mod html;
mod known;
mod language;
mod letter;
mod markdown;
mod names;
mod pdf;
mod plain;
mod posted;
mod statement;
mod table;
mod trouble;
mod values;

use chrono::NaiveDate;
use relance_rules::dsl::checked::Tone;
use relance_rules::dsl::lang::Text;
use relance_rules::dsl::money::Money;
use relance_rules::dsl::text;
use relance_rules::rulebook::{Rulebook, TemplateText};

use crate::store::companies::Company;

pub use check::{Checked, check};
pub use custom::{CustomValue, CustomWord};
pub(crate) use letter::{Voice, letter};
pub(crate) use posted::{Posted, posted};
pub use statement::{Statement, statement};

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
    /// What is asked for beside the invoices, such as interest.
    pub charges: Vec<ChargeWords>,
    /// The day, local to the company.
    pub today: NaiveDate,
}

/// The customer in a message.
#[derive(Debug, Clone)]
pub struct CustomerWords<'a> {
    /// Number.
    pub number: &'a str,
    /// Name.
    pub name: &'a str,
    /// Two-letter country code.
    pub country: &'a str,
    /// The fields of the firm's own that the rules declare.
    pub custom: Vec<CustomWord>,
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
    /// The fields of the firm's own that the rules declare.
    pub custom: Vec<CustomWord>,
}

/// One charge in a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChargeWords {
    /// What it is, in the message's language.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// How it was computed, in the message's language.
    pub detail: Option<String>,
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
    #[error("{path}:{line}: {}", .problem.en)]
    Template {
        /// The file.
        path: String,
        /// The line, from 1.
        line: u32,
        /// What is wrong.
        problem: Text,
    },
}

/// Longest text or HTML that a template may give, in bytes.
const LONGEST: usize = 512 * 1024;

/// Writes a message.
pub fn render(rulebook: &Rulebook, letter: &Letter<'_>) -> Result<Rendered, MessageError> {
    let template = rulebook
        .template(letter.template, letter.language, letter.tone)
        .ok_or_else(|| MessageError::NoTemplate {
            name: letter.template.to_owned(),
            language: letter.language.to_owned(),
        })?;
    write(template, letter)
}

/// Fills in one template.
pub(crate) fn write(template: &TemplateText, letter: &Letter<'_>) -> Result<Rendered, MessageError> {
    let problem = |line: u32, problem: Text| MessageError::Template {
        path: template.path.clone(),
        line,
        problem,
    };
    let front = front_matter::split(&template.text).map_err(|p| problem(p.line, p.what))?;
    let names = values::names(letter);
    let subject = match &front.subject {
        Some(subject) => environment::subject(&subject.text, &names)
            .map_err(|error| problem(subject.line, trouble::words(&error)))?,
        None => String::new(),
    };
    let body = environment::body(front.body, &names).map_err(|error| {
        let line = u32::try_from(error.line().unwrap_or(1)).unwrap_or(1);
        problem(front.body_line + line.saturating_sub(1), trouble::words(&error))
    })?;
    if body.len() > LONGEST {
        return Err(problem(
            front.body_line,
            text!(
                "the text becomes far too long",
                "le texte devient beaucoup trop long"
            ),
        ));
    }
    let html = html::document(&body, &subject, letter.language);
    Ok(Rendered {
        text: plain::text(&body),
        html,
        subject,
    })
}

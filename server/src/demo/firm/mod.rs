//! The firm that the demo plays: Atelier Lumière, a maker of lamps in Lyon, and its subsidiary in London.
//!
//! Pure and deterministic: the same day gives the same firm to the last cent; another day gives the same firm with all its
//! dates shifted, so that the portfolio is always of now. It holds the past fourteen months and half a year to come, which
//! the demo lives through if it is kept.

mod branch;
mod incidents;
mod lists;
mod people;
mod plans;
mod rng;
mod trade;

use chrono::{Days, NaiveDate};
use relance_engine::rules::dsl::money::Currency;
use relance_engine::store::companies::NewCompany;
use relance_engine::store::contacts::NewContact;
use relance_engine::store::customers::NewCustomer;
use relance_engine::store::holds::BlockKind;
use relance_engine::store::invoices::NewInvoice;
use relance_engine::store::payments::NewPayment;
use rust_decimal::Decimal;

pub use rng::Dice;

/// How many days of past the firm has.
pub const PAST: i64 = 425;
/// How many days of future: so long can a demo be kept.
pub const FUTURE: i64 = 180;

/// Both companies.
#[derive(Debug, Clone, PartialEq)]
pub struct Firm {
    /// The day that was today when the firm was made.
    pub anchor: NaiveDate,
    /// The companies.
    pub branches: Vec<Branch>,
}

/// One company with everything that ever happens to it, each kind in the order of its days.
#[derive(Debug, Clone, PartialEq)]
pub struct Branch {
    /// The company.
    pub company: NewCompany,
    /// Its customers.
    pub customers: Vec<NewCustomer>,
    /// Their people.
    pub contacts: Vec<NewContact<String>>,
    /// Invoices and credit notes, by day of issue.
    pub documents: Vec<Document>,
    /// Payments, by day of receipt.
    pub payments: Vec<NewPayment<String>>,
    /// Disputes that customers raise by themselves, by day.
    pub disputes: Vec<Dispute>,
    /// Blocks that people set, by day.
    pub holds: Vec<Hold>,
    /// Payment plans that are agreed with debtors, by day.
    pub plans: Vec<Plan>,
    /// Exchange rates, by day.
    pub rates: Vec<Rate>,
    /// Addresses that the customers' mail servers refuse for good.
    pub refused: Vec<String>,
}

/// An invoice or a credit note.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// The document itself.
    pub document: NewInvoice<String>,
    /// For a credit note: the invoice that it is set against.
    pub applies_to: Option<String>,
}

/// A dispute with its whole course.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dispute {
    /// Number of the invoice.
    pub invoice: String,
    /// Raised on.
    pub opened: NaiveDate,
    /// What about.
    pub category: &'static str,
    /// In words.
    pub note: &'static str,
    /// Answered on.
    pub closed: NaiveDate,
    /// For the customer?
    pub accepted: bool,
}

/// A block set by a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Number of the customer.
    pub customer: String,
    /// Its kind.
    pub kind: BlockKind,
    /// First day.
    pub from: NaiveDate,
    /// First day on which it no longer holds.
    pub to: Option<NaiveDate>,
    /// In words.
    pub note: &'static str,
}

/// A payment plan for one invoice, in its currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Number of the invoice.
    pub invoice: String,
    /// Agreed on.
    pub made: NaiveDate,
    /// How much by which day; together the whole invoice.
    pub parts: Vec<(NaiveDate, Decimal)>,
    /// In words.
    pub note: &'static str,
}

/// From a day on, one unit of a currency is so many units of the company's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The foreign currency.
    pub currency: Currency,
    /// From this day on.
    pub from: NaiveDate,
    /// Units of the company's currency.
    pub rate: Decimal,
}

impl Firm {
    /// The firm as it is on a day.
    pub fn on(anchor: NaiveDate) -> Self {
        Self {
            anchor,
            branches: vec![branch::lyon(anchor), branch::london(anchor)],
        }
    }

    /// The last day of which the firm knows.
    pub fn horizon(&self) -> NaiveDate {
        day(self.anchor, FUTURE)
    }
}

impl Branch {
    /// The day on which an invoice will have been paid in full, if it ever is.
    pub fn settled_on(&self, invoice: &str) -> Option<NaiveDate> {
        let amount = self.amount(invoice)?;
        let credited: Vec<(NaiveDate, Decimal)> = self
            .documents
            .iter()
            .filter(|d| d.applies_to.as_deref() == Some(invoice))
            .map(|d| (d.document.issued, d.document.amount.amount))
            .collect();
        let mut parts: Vec<(NaiveDate, Decimal)> = self
            .payments
            .iter()
            .flat_map(|p| p.pays.iter().map(move |part| (p.received_on, part)))
            .filter(|(_, part)| part.invoice == invoice)
            .map(|(on, part)| (on, part.amount.unwrap_or_default()))
            .chain(credited)
            .collect();
        parts.sort_unstable();
        let mut open = amount;
        for (on, part) in parts {
            open -= part;
            if open <= Decimal::ZERO {
                return Some(on);
            }
        }
        None
    }

    /// The day on which an invoice falls due.
    pub fn due(&self, invoice: &str) -> Option<NaiveDate> {
        self.documents
            .iter()
            .find(|d| d.document.number == invoice)
            .map(|d| d.document.due)
    }

    fn amount(&self, invoice: &str) -> Option<Decimal> {
        self.documents
            .iter()
            .find(|d| d.document.number == invoice)
            .map(|d| d.document.amount.amount)
    }
}

/// The day that lies so many days after (or, negative, before) another one.
fn day(anchor: NaiveDate, offset: i64) -> NaiveDate {
    let days = Days::new(offset.unsigned_abs());
    let moved = if offset < 0 {
        anchor.checked_sub_days(days)
    } else {
        anchor.checked_add_days(days)
    };
    moved.unwrap_or(anchor)
}

#[cfg(test)]
mod tests;

//! What an import brings, read and typed, before it meets the store.

use std::sync::Arc;

use crate::store::contacts::NewContact;
use crate::store::customers::NewCustomer;
use crate::store::invoices::NewInvoice;
use crate::store::payments::NewPayment;

/// A customer, named by number.
pub type CustomerNumber = String;

/// Where a line stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The file's name in the folder.
    pub file: Arc<str>,
    /// The line, from 1, the header included.
    pub line: u32,
}

/// A value with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<T> {
    /// Where it stood.
    pub place: Place,
    /// What it says.
    pub value: T,
}

/// An invoice or credit note as files bring it.
#[derive(Debug, Clone, PartialEq)]
pub struct InvoiceLine {
    /// The document.
    pub invoice: NewInvoice<CustomerNumber>,
    /// For a credit note: the invoice that it is set against, as much as fits.
    pub applies_to: Option<String>,
}

/// A payment as files bring it.
#[derive(Debug, Clone, PartialEq)]
pub enum PaymentLine {
    /// It came in. Without a customer: from the customer of the first invoice that it pays.
    Received(NewPayment<Option<CustomerNumber>>),
    /// The payment with this reference was taken back; a reference never stored is nothing to do.
    TakenBack {
        /// The payment's reference.
        reference: String,
    },
}

/// All lines of one import, in any order: kinds are stored in theirs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Batch {
    /// Customers.
    pub customers: Vec<Line<NewCustomer>>,
    /// Contacts.
    pub contacts: Vec<Line<NewContact<CustomerNumber>>>,
    /// Invoices and credit notes.
    pub invoices: Vec<Line<InvoiceLine>>,
    /// Payments.
    pub payments: Vec<Line<PaymentLine>>,
}

/// A batch made in memory: the line numbers count from 1 within each kind.
impl Batch {
    /// Adds a customer.
    pub fn customer(&mut self, customer: NewCustomer) {
        let place = made("customers", self.customers.len());
        self.customers.push(Line {
            place,
            value: customer,
        });
    }

    /// Adds a contact.
    pub fn contact(&mut self, contact: NewContact<CustomerNumber>) {
        let place = made("contacts", self.contacts.len());
        self.contacts.push(Line {
            place,
            value: contact,
        });
    }

    /// Adds an invoice or a credit note; `applies_to`: the invoice that a credit note is set against.
    pub fn invoice(&mut self, invoice: NewInvoice<CustomerNumber>, applies_to: Option<String>) {
        let place = made("invoices", self.invoices.len());
        self.invoices.push(Line {
            place,
            value: InvoiceLine { invoice, applies_to },
        });
    }

    /// Adds a payment.
    pub fn payment(&mut self, payment: NewPayment<CustomerNumber>) {
        let place = made("payments", self.payments.len());
        self.payments.push(Line {
            place,
            value: PaymentLine::Received(payment.map_customer(Some)),
        });
    }

    /// Takes invoices and payments out, payments taken back before those received: what takes their place then finds the
    /// invoice open.
    pub(super) fn books(&mut self) -> Self {
        let mut payments = std::mem::take(&mut self.payments);
        payments.sort_by_key(|line| matches!(line.value, PaymentLine::Received(_)));
        Self {
            invoices: std::mem::take(&mut self.invoices),
            payments,
            ..Self::default()
        }
    }

    /// The numbers of the customers that invoices and payments name.
    pub(super) fn named_customers(&self) -> Vec<CustomerNumber> {
        let invoices = self
            .invoices
            .iter()
            .map(|line| Some(&line.value.invoice.customer));
        let payments = self.payments.iter().map(|line| match &line.value {
            PaymentLine::Received(payment) => payment.customer.as_ref(),
            PaymentLine::TakenBack { .. } => None,
        });
        let mut numbers: Vec<_> = invoices.chain(payments).flatten().cloned().collect();
        numbers.sort();
        numbers.dedup();
        numbers
    }

    /// The next lines, at most so many, of the first kind that has any left.
    pub(super) fn take(&mut self, most: usize) -> Option<Self> {
        fn some<T>(lines: &mut Vec<T>, most: usize) -> Vec<T> {
            let rest = lines.split_off(most.min(lines.len()));
            std::mem::replace(lines, rest)
        }
        let mut part = Self::default();
        if !self.customers.is_empty() {
            part.customers = some(&mut self.customers, most);
        } else if !self.contacts.is_empty() {
            part.contacts = some(&mut self.contacts, most);
        } else if !self.invoices.is_empty() {
            part.invoices = some(&mut self.invoices, most);
        } else if !self.payments.is_empty() {
            part.payments = some(&mut self.payments, most);
        } else {
            return None;
        }
        Some(part)
    }

    /// Takes a payment back.
    pub fn taken_back(&mut self, reference: impl Into<String>) {
        let place = made("payments", self.payments.len());
        self.payments.push(Line {
            place,
            value: PaymentLine::TakenBack {
                reference: reference.into(),
            },
        });
    }
}

fn made(kind: &str, before: usize) -> Place {
    Place {
        file: kind.into(),
        line: u32::try_from(before + 1).unwrap_or(u32::MAX),
    }
}

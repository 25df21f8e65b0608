//! A batch into the store, kind by kind.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use relance_rules::ids::CustomerId;
use sqlx::PgConnection;

use super::batch::{InvoiceLine, Line, PaymentLine, Place};
use super::distinct::reject;
use super::{ACTOR, Counts, Reject};
use crate::store::companies::Company;
use crate::store::contacts::{self, NewContact};
use crate::store::customers::{self, NewCustomer};
use crate::store::invoices::{self, InvoiceKind, NewInvoice};
use crate::store::payments::{self, NewPayment};
use crate::store::{StoreError, Upserted, allocations};

/// Where one kind's lines go: the company, the moment, and what becomes of them.
pub(super) struct Sink<'a> {
    pub(super) company: &'a Company,
    pub(super) now: DateTime<Utc>,
    pub(super) counts: &'a mut Counts,
    pub(super) rejects: &'a mut Vec<Reject>,
}

impl Sink<'_> {
    fn done(&mut self, what: Upserted) {
        match what {
            Upserted::New => self.counts.new += 1,
            Upserted::Changed => self.counts.changed += 1,
            Upserted::Unchanged => self.counts.unchanged += 1,
        }
    }

    fn refuse(&mut self, place: &Place, reason: String) {
        self.counts.rejected += 1;
        self.rejects.push(reject(place, reason));
    }

    /// Counts what was done; lists what was refused. Errors that are not about the line end the import.
    fn take<I>(
        &mut self,
        place: &Place,
        done: Result<(I, Upserted), StoreError>,
    ) -> Result<Option<I>, StoreError> {
        match done {
            Ok((id, what)) => {
                self.done(what);
                Ok(Some(id))
            }
            Err(error @ (StoreError::Conflict { .. } | StoreError::NotFound { .. })) => {
                self.refuse(place, error.to_string());
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    async fn customers_by_number(
        &self,
        connection: &mut PgConnection,
        numbers: impl Iterator<Item = String>,
    ) -> Result<HashMap<String, CustomerId>, StoreError> {
        let numbers: Vec<String> = numbers.collect();
        let ids = customers::ids_by_number(connection, self.company, &numbers).await?;
        Ok(numbers
            .into_iter()
            .zip(ids)
            .filter_map(|(number, id)| Some((number, id?)))
            .collect())
    }

    /// Customers.
    pub(super) async fn customers(
        &mut self,
        connection: &mut PgConnection,
        lines: Vec<Line<NewCustomer>>,
    ) -> Result<(), StoreError> {
        let new: Vec<NewCustomer> = lines.into_iter().map(|line| line.value).collect();
        for (_, what) in customers::upsert_many(connection, self.company, &new, self.now).await? {
            self.done(what);
        }
        Ok(())
    }

    /// Contacts.
    pub(super) async fn contacts(
        &mut self,
        connection: &mut PgConnection,
        lines: Vec<Line<NewContact<String>>>,
    ) -> Result<(), StoreError> {
        let numbers = lines.iter().map(|line| line.value.customer.clone());
        let ids = self.customers_by_number(&mut *connection, numbers).await?;
        let mut new = Vec::with_capacity(lines.len());
        for Line { place, value } in lines {
            match ids.get(&value.customer) {
                Some(&id) => new.push(value.of(id)),
                None => self.refuse(&place, no_customer(&value.customer)),
            }
        }
        for (_, what) in contacts::upsert_many(connection, self.company, &new, self.now).await? {
            self.done(what);
        }
        Ok(())
    }

    /// Invoices and credit notes; then credit notes are set against the invoices that they name.
    pub(super) async fn invoices(
        &mut self,
        connection: &mut PgConnection,
        lines: Vec<Line<InvoiceLine>>,
    ) -> Result<(), StoreError> {
        let numbers = lines.iter().map(|line| line.value.invoice.customer.clone());
        let ids = self.customers_by_number(&mut *connection, numbers).await?;
        let mut places = Vec::with_capacity(lines.len());
        let mut new: Vec<NewInvoice> = Vec::with_capacity(lines.len());
        for Line { place, value } in lines {
            match ids.get(&value.invoice.customer) {
                Some(&id) => {
                    places.push((place, value.applies_to));
                    new.push(value.invoice.of(id));
                }
                None => self.refuse(&place, no_customer(&value.invoice.customer)),
            }
        }
        let done = invoices::upsert_many(&mut *connection, self.company, &new, ACTOR, self.now).await?;
        let mut stored = Vec::new();
        for ((place, applies_to), done) in places.into_iter().zip(done) {
            let id = self.take(&place, done)?;
            if let (Some(id), Some(invoice)) = (id, applies_to) {
                stored.push((place, id, invoice));
            }
        }
        for (place, note, invoice) in stored {
            self.credit(&mut *connection, &place, note, &invoice).await?;
        }
        Ok(())
    }

    /// Sets a credit note against an invoice, unless nothing of it is left.
    async fn credit(
        &mut self,
        connection: &mut PgConnection,
        place: &Place,
        note: relance_rules::ids::InvoiceId,
        invoice: &str,
    ) -> Result<(), StoreError> {
        let numbers = [invoice.to_owned()];
        let found =
            invoices::open_by_number(&mut *connection, self.company, InvoiceKind::Invoice, &numbers).await?;
        let Some(found) = found.get(invoice) else {
            let reason =
                format!("the credit note is in, but there is no invoice {invoice} to set it against");
            self.refuse(place, reason);
            return Ok(());
        };
        if !found.open || !invoices::is_open(&mut *connection, self.company, note).await? {
            return Ok(());
        }
        let (company, now) = (self.company, self.now);
        let set =
            allocations::allocate_credit_note(connection, company, note, found.id, None, ACTOR, now).await;
        match set {
            Ok(_) => Ok(()),
            Err(StoreError::Conflict { why, .. }) => {
                self.refuse(
                    place,
                    format!("the credit note is in, but not set against {invoice}: {}", why.en),
                );
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Payments: first those that were taken back, then those that came in and may take their place.
    pub(super) async fn payments(
        &mut self,
        connection: &mut PgConnection,
        lines: Vec<Line<PaymentLine>>,
    ) -> Result<(), StoreError> {
        let mut received = Vec::new();
        let mut taken_back = Vec::new();
        for Line { place, value } in lines {
            match value {
                PaymentLine::Received(payment) => received.push((place, payment)),
                PaymentLine::TakenBack { reference } => taken_back.push(reference),
            }
        }
        let references = payments::standing(&mut *connection, self.company, &taken_back).await?;
        let standing = u32::try_from(references.len()).unwrap_or(u32::MAX);
        let all = u32::try_from(taken_back.len()).unwrap_or(u32::MAX);
        self.counts.unchanged += all - standing;
        for id in references {
            let (company, now) = (self.company, self.now);
            let why = "the accounting system no longer has it";
            let done = payments::take_back(&mut *connection, company, id, why, ACTOR, now).await?;
            self.done(done);
        }
        self.received(connection, received).await
    }

    async fn received(
        &mut self,
        connection: &mut PgConnection,
        lines: Vec<(Place, NewPayment<Option<String>>)>,
    ) -> Result<(), StoreError> {
        let numbers = lines.iter().filter_map(|(_, payment)| payment.customer.clone());
        let ids = self.customers_by_number(&mut *connection, numbers).await?;
        let named: Vec<String> = lines
            .iter()
            .filter(|(_, payment)| payment.customer.is_none())
            .filter_map(|(_, payment)| payment.pays.first().map(|pays| pays.invoice.clone()))
            .collect();
        let invoices =
            invoices::open_by_number(&mut *connection, self.company, InvoiceKind::Invoice, &named).await?;
        let mut places = Vec::with_capacity(lines.len());
        let mut new: Vec<NewPayment> = Vec::with_capacity(lines.len());
        for (place, payment) in lines {
            let invoice = payment.pays.first().map_or("", |pays| pays.invoice.as_str());
            let found = match &payment.customer {
                Some(number) => ids.get(number).copied().ok_or_else(|| no_customer(number)),
                None => invoices.get(invoice).map(|found| found.customer).ok_or_else(|| {
                    format!("there is no invoice {invoice}; is it missing in the invoices file?")
                }),
            };
            match found {
                Ok(id) => {
                    places.push(place);
                    new.push(payment.of(id));
                }
                Err(reason) => self.refuse(&place, reason),
            }
        }
        let done = payments::receive_many(connection, self.company, &new, ACTOR, self.now).await?;
        for (place, done) in places.iter().zip(done) {
            self.take(place, done)?;
        }
        Ok(())
    }
}

fn no_customer(number: &str) -> String {
    format!("there is no customer {number}; is it missing in the customers file, or refused there?")
}

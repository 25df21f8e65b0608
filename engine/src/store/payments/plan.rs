//! What follows from payments that come in: worked out in memory, so that it can be written by sets.

use std::collections::HashSet;

use relance_rules::dsl::lang::Text;
use relance_rules::dsl::text;
use relance_rules::ids::{InvoiceId, PaymentId};
use rust_decimal::Decimal;

use super::NewPayment;
use super::known::{Known, Stored};
use crate::store::StoreError;
use crate::store::allocations::fitting;

/// What is to be done with one payment.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It is new.
    Insert,
    /// It comes again after it was taken back.
    Revive(PaymentId),
    /// It is stored; some of it is different.
    Change {
        id: PaymentId,
        /// Its day or its note.
        corrected: bool,
    },
    /// It is stored as it is.
    Nothing(PaymentId),
}

/// A part of a payment, which is named by its place in the input, for an invoice.
pub(super) struct PlannedPart {
    pub(super) payment: usize,
    pub(super) invoice: InvoiceId,
    pub(super) amount: Decimal,
}

/// What is to be done with all.
pub(super) struct Plan {
    pub(super) steps: Vec<Result<Step, StoreError>>,
    pub(super) parts: Vec<PlannedPart>,
}

impl Plan {
    /// The payments for which something is written, by their places in the input.
    pub(super) fn touched(&self) -> impl Iterator<Item = usize> {
        let steps = self.steps.iter().enumerate();
        steps.filter_map(|(index, step)| {
            let writes = matches!(step, Ok(Step::Insert | Step::Revive(_) | Step::Change { .. }));
            writes.then_some(index)
        })
    }
}

/// Works it out, payment by payment: what one takes from an invoice is no longer open for the next.
pub(super) fn plan(new: &[NewPayment], mut known: Known, actor: &str) -> Plan {
    let mut seen = HashSet::new();
    let mut parts = Vec::new();
    let mut steps = Vec::with_capacity(new.len());
    for (index, payment) in new.iter().enumerate() {
        let step = if seen.insert(payment.reference.as_str()) {
            let mut own = Vec::new();
            let step = one(index, payment, &mut known, actor, &mut own);
            if step.is_ok() {
                parts.append(&mut own);
            }
            step
        } else {
            Err(refuse(
                payment,
                text!("the reference occurs twice", "la référence figure deux fois"),
            ))
        };
        steps.push(step);
    }
    Plan { steps, parts }
}

fn refuse(payment: &NewPayment, why: Text) -> StoreError {
    StoreError::conflict("payment", &payment.reference, why)
}

fn one(
    index: usize,
    new: &NewPayment,
    known: &mut Known,
    actor: &str,
    parts: &mut Vec<PlannedPart>,
) -> Result<Step, StoreError> {
    refuse_wrong_invoices(new, known)?;
    let Some(stored) = known.payments.get(&new.reference) else {
        allocate(index, new, None, new.amount.amount, known, parts);
        return Ok(Step::Insert);
    };
    refuse_another(new, stored)?;
    let id = stored.id;
    match &stored.taken_back_by {
        Some(by) if by == actor => {
            allocate(index, new, None, new.amount.amount, known, parts);
            Ok(Step::Revive(id))
        }
        Some(_) => Ok(Step::Nothing(id)),
        None => {
            let corrected = stored.received_on != new.received_on || stored.note != new.note;
            allocate(index, new, Some(id), stored.unallocated, known, parts);
            if corrected || !parts.is_empty() {
                Ok(Step::Change { id, corrected })
            } else {
                Ok(Step::Nothing(id))
            }
        }
    }
}

fn refuse_wrong_invoices(new: &NewPayment, known: &Known) -> Result<(), StoreError> {
    for pays in &new.pays {
        let Some(invoice) = known.invoices.get(&pays.invoice) else {
            let why = text!(
                "there is no invoice {}; import the invoice first",
                "il n'y a pas de facture {} ; importez d'abord la facture",
                pays.invoice
            );
            return Err(refuse(new, why));
        };
        if invoice.customer != new.customer {
            let why = text!(
                "invoice {} belongs to another customer",
                "la facture {} est d'un autre client",
                pays.invoice
            );
            return Err(refuse(new, why));
        }
        if invoice.open.currency != new.amount.currency {
            let why = text!(
                "it is in {}, invoice {} is in {}",
                "il est en {}, la facture {} est en {}",
                new.amount.currency,
                pays.invoice,
                invoice.open.currency
            );
            return Err(refuse(new, why));
        }
    }
    Ok(())
}

fn refuse_another(new: &NewPayment, stored: &Stored) -> Result<(), StoreError> {
    if stored.customer != new.customer {
        return Err(refuse(
            new,
            text!(
                "it is stored for another customer; take that one back first",
                "il est enregistré pour un autre client ; reprenez d'abord celui-là"
            ),
        ));
    }
    if stored.amount != new.amount {
        let why = text!(
            "it is stored with {}; take it back first and import it under another reference",
            "il est enregistré pour {} ; reprenez-le d'abord et importez-le sous une autre référence",
            stored.amount
        );
        return Err(refuse(new, why));
    }
    Ok(())
}

/// Sets what is left against the invoices named, except those that this payment has paid before.
fn allocate(
    index: usize,
    new: &NewPayment,
    stored: Option<PaymentId>,
    mut left: Decimal,
    known: &mut Known,
    parts: &mut Vec<PlannedPart>,
) {
    let mut named = HashSet::new();
    for pays in &new.pays {
        let Some(invoice) = known.invoices.get_mut(&pays.invoice) else {
            continue;
        };
        let paid_before = stored.is_some_and(|id| known.pairs.contains(&(id, invoice.id)));
        if paid_before || !named.insert(invoice.id) {
            continue;
        }
        let amount = fitting(pays.amount, left, invoice.open.amount);
        if amount.is_zero() {
            continue;
        }
        left -= amount;
        invoice.open.amount -= amount;
        parts.push(PlannedPart {
            payment: index,
            invoice: invoice.id,
            amount,
        });
    }
}

//! Keys that occur twice: the same line again is nothing new, another one is refused.

use std::collections::HashMap;
use std::hash::Hash;

use super::batch::{Batch, Line, PaymentLine, Place};
use super::{Applied, Counts, Reject};

/// Leaves each key once. What is dropped is counted, and listed when it says something else than the first.
pub(super) fn distinct(batch: &mut Batch, so_far: &mut Applied) {
    let Applied {
        customers,
        contacts,
        invoices,
        payments,
        rejects,
    } = so_far;
    once(&mut batch.customers, customers, rejects, |c| {
        ("customer", c.number.clone())
    });
    once(&mut batch.contacts, contacts, rejects, |c| {
        ("contact", (c.customer.clone(), c.external_id.clone()))
    });
    one_main(batch, contacts, rejects);
    once(&mut batch.invoices, invoices, rejects, |i| {
        let what = if i.invoice.kind.name() == "invoice" {
            "invoice"
        } else {
            "credit note"
        };
        (what, i.invoice.number.clone())
    });
    once(&mut batch.payments, payments, rejects, |p| match p {
        PaymentLine::Received(payment) => ("payment", payment.reference.clone()),
        PaymentLine::TakenBack { reference } => ("payment", reference.clone()),
    });
}

fn once<T: PartialEq, K: Hash + Eq>(
    lines: &mut Vec<Line<T>>,
    counts: &mut Counts,
    rejects: &mut Vec<Reject>,
    key: impl Fn(&T) -> (&'static str, K),
) {
    let mut kept: Vec<Line<T>> = Vec::with_capacity(lines.len());
    let mut places: HashMap<(&'static str, K), usize> = HashMap::new();
    for line in lines.drain(..) {
        let key = key(&line.value);
        let what = key.0;
        match places.get(&key).and_then(|&index| kept.get(index)) {
            None => {
                places.insert(key, kept.len());
                kept.push(line);
            }
            Some(first) if first.value == line.value => counts.unchanged += 1,
            Some(first) => {
                counts.rejected += 1;
                let reason = format!("the same {what} is given differently {}", there(&first.place));
                rejects.push(reject(&line.place, reason));
            }
        }
    }
    *lines = kept;
}

fn one_main(batch: &mut Batch, counts: &mut Counts, rejects: &mut Vec<Reject>) {
    let mut mains: HashMap<String, Place> = HashMap::new();
    batch.contacts.retain(|line| {
        if !line.value.main {
            return true;
        }
        match mains.get(&line.value.customer) {
            None => {
                mains.insert(line.value.customer.clone(), line.place.clone());
                true
            }
            Some(first) => {
                counts.rejected += 1;
                let reason = format!("the customer has a main contact already, {}", there(first));
                rejects.push(reject(&line.place, reason));
                false
            }
        }
    });
}

fn there(place: &Place) -> String {
    format!("on line {} of {}", place.line, place.file)
}

/// A refusal of a whole line.
pub(super) fn reject(place: &Place, reason: String) -> Reject {
    Reject {
        file: place.file.to_string(),
        line: place.line,
        field: None,
        value: None,
        reason,
    }
}

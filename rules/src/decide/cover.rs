//! Cash in the customer's favour that nobody has allocated yet, against the invoices that it would pay.

use std::collections::{BTreeMap, BTreeSet};

use relance_dsl::checked::Scenario;
use relance_dsl::money::{Currency, Money};
use rust_decimal::Decimal;

use super::open;
use crate::facts::AccountFacts;
use crate::ids::InvoiceId;

/// What is covered.
#[derive(Debug, Default)]
pub(crate) struct Covered {
    invoices: BTreeSet<InvoiceId>,
    cash: BTreeMap<Currency, Decimal>,
}

impl Covered {
    /// All the unallocated cash of the invoice's currency, when it covers this invoice.
    pub fn by(&self, invoice: InvoiceId, currency: Currency) -> Option<Money> {
        self.invoices
            .contains(&invoice)
            .then(|| Money::new(self.cash.get(&currency).copied().unwrap_or_default(), currency))
    }
}

/// Lays the unallocated cash of each currency against the open invoices of that currency, the oldest due date first; an invoice
/// that it does not pay in full is passed over, as the customer may have meant the next one.
pub(crate) fn of(facts: &AccountFacts, scenario: &Scenario) -> Covered {
    let mut covered = Covered::default();
    if !scenario.holds.unallocated_cash {
        return covered;
    }
    for money in &facts.unallocated {
        let sum = covered.cash.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.amount);
    }
    let mut left = covered.cash.clone();
    let mut invoices: Vec<_> = open(facts).collect();
    invoices.sort_by_key(|i| (i.due, i.id));
    for invoice in invoices {
        if let Some(cash) = left.get_mut(&invoice.balance.currency)
            && *cash >= invoice.balance.amount
        {
            *cash -= invoice.balance.amount;
            covered.invoices.insert(invoice.id);
        }
    }
    covered
}

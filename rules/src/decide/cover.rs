//! Cash in the customer's favour that nobody has allocated yet, against the invoices that it would pay.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use relance_dsl::checked::Scenario;
use relance_dsl::money::{Currency, Money};
use rust_decimal::Decimal;

use super::against::ignores;
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

/// Lays the unallocated cash of each currency against the open invoices of that currency, the oldest due date first. An invoice that
/// it does not pay is passed over, as the customer may have meant the next one; one of which it leaves no more than the scenario ignores counts as paid
/// (a bank has kept its charge, or the customer a rounding); and one that is ignored as it is takes none of it.
pub(crate) fn of(facts: &AccountFacts, scenario: &Scenario, today: NaiveDate) -> Covered {
    let mut covered = Covered::default();
    if !scenario.holds.unallocated_cash {
        return covered;
    }
    for money in &facts.unallocated {
        let sum = covered.cash.entry(money.currency).or_default();
        *sum = sum.saturating_add(money.amount);
    }
    // What cannot be compared is not ignored.
    let ignored = |amount| matches!(ignores(facts, scenario, amount, today), Ok(true));
    let mut left = covered.cash.clone();
    let mut invoices: Vec<_> = open(facts).filter(|i| !ignored(i.balance)).collect();
    invoices.sort_by_key(|i| (i.due, i.id));
    for invoice in invoices {
        let Money { amount, currency } = invoice.balance;
        let Some(cash) = left.get_mut(&currency).filter(|cash| **cash > Decimal::ZERO) else {
            continue;
        };
        let rest = amount.saturating_sub(*cash);
        if rest <= Decimal::ZERO || ignored(Money::new(rest, currency)) {
            *cash = cash.saturating_sub(amount).max(Decimal::ZERO);
            covered.invoices.insert(invoice.id);
        }
    }
    covered
}

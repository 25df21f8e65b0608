//! Money that comes in, and credit notes.

use relance_dsl::lang::Text;
use relance_dsl::money::Money;
use relance_dsl::text;
use rust_decimal::Decimal;

use super::happenings::Cannot;
use super::world::World;
use crate::facts::{HoldEnding, HoldKind, SettledBy, Settlement};
use crate::ids::InvoiceId;

impl World<'_> {
    /// A payment of an invoice; what is more than its balance stays unallocated.
    pub(super) fn pay(&mut self, name: &str, amount: Option<Money>) -> Result<(), Cannot> {
        let id = self.open_invoice(name)?;
        let paid = self.settle(id, name, amount, SettledBy::Payment)?;
        self.paid.push(id);
        self.keep_promises(id, paid);
        self.serve_plans(Some(id), paid, SettledBy::Payment);
        self.close_settled(id);
        Ok(())
    }

    /// A credit note on an invoice; what is more than its balance stays unallocated.
    pub(super) fn credit(&mut self, name: &str, amount: Money) -> Result<(), Cannot> {
        let id = self.open_invoice(name)?;
        let credited = self.settle(id, name, Some(amount), SettledBy::CreditNote)?;
        let note = Money::new(-amount.amount, amount.currency);
        self.books.invoiced.push((self.today(), note));
        self.keep_promises(id, credited);
        self.serve_plans(Some(id), credited, SettledBy::CreditNote);
        // The one that was awaited has come.
        self.end_holds(id, HoldKind::CreditExpected, None);
        self.close_settled(id);
        Ok(())
    }

    /// Money that is not allocated.
    pub(super) fn receive(&mut self, amount: Money) {
        self.serve_plans(None, amount, SettledBy::Payment);
        let sums = &mut self.facts.unallocated;
        match sums.iter_mut().find(|sum| sum.currency == amount.currency) {
            Some(sum) => sum.amount = sum.amount.saturating_add(amount.amount),
            None => sums.push(amount),
        }
    }

    /// Takes an amount from the balance, all of it when there is none, and notes it: interest is cut there. Gives how much it was.
    fn settle(
        &mut self,
        id: InvoiceId,
        name: &str,
        amount: Option<Money>,
        by: SettledBy,
    ) -> Result<Money, Cannot> {
        let on = self.today();
        let Some(invoice) = self.invoice(id) else {
            return Ok(amount.unwrap_or(Money::zero(self.facts.company.currency)));
        };
        let balance = invoice.balance;
        let amount = amount.unwrap_or(balance);
        if amount.currency != balance.currency || amount.amount <= Decimal::ZERO {
            let currency = balance.currency;
            let why: Text = text!(
                "{name} is paid with an amount in {currency} that is more than 0.",
                "{name} se paie par un montant positif en {currency}."
            );
            return Err(Cannot::Never(why));
        }
        let taken = amount.amount.min(balance.amount);
        invoice.balance.amount = balance.amount.saturating_sub(taken);
        let settled = Money::new(taken, amount.currency);
        invoice.settlements.push(Settlement {
            on,
            amount: settled,
            by,
        });
        let rest = amount.amount.saturating_sub(taken);
        if rest > Decimal::ZERO {
            self.receive(Money::new(rest, amount.currency));
        }
        Ok(settled)
    }

    /// Promises on an invoice of which enough was paid are kept: they end today.
    fn keep_promises(&mut self, id: InvoiceId, paid: Money) {
        let settled = self
            .invoice(id)
            .is_some_and(|i| i.balance.amount <= Decimal::ZERO);
        for promise in self.promises.iter_mut().filter(|p| p.invoice == id) {
            promise.left.amount = promise.left.amount.saturating_sub(paid.amount);
        }
        let count = self.promises.len();
        self.promises
            .retain(|p| p.invoice != id || !settled && p.left.amount > Decimal::ZERO);
        if self.promises.len() < count {
            self.end_holds(id, HoldKind::Promised, Some(HoldEnding::Kept));
        }
    }

    /// Notes when an invoice was settled. One that was only credited was not paid: nobody is thanked for it.
    fn close_settled(&mut self, id: InvoiceId) {
        let today = self.today();
        if self
            .invoice(id)
            .is_some_and(|i| i.balance.amount <= Decimal::ZERO)
        {
            self.end_holds(id, HoldKind::CreditExpected, None);
        }
        let paid = self.paid.contains(&id);
        if let Some(invoice) = self.invoice(id)
            && invoice.balance.amount <= Decimal::ZERO
            && paid
        {
            invoice.paid_on = Some(today);
            let due = invoice.due;
            self.books.settled.push((today, due));
        }
    }
}

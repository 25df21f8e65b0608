//! Payment plans: agreed, paid, missed, called off.

use chrono::NaiveDate;
use relance_dsl::money::Money;
use relance_dsl::text;
use rust_decimal::Decimal;

use super::happenings::Cannot;
use super::world::World;
use crate::facts::{HoldKind, Instalment, PaymentPlan, SettledBy, Settlement};
use crate::ids::InvoiceId;
use crate::plans::{self, Impossible, Missed};
use crate::promises::Grace;

/// A payment plan of some invoices.
#[derive(Debug, Clone)]
pub(super) struct Agreed {
    pub invoices: Vec<InvoiceId>,
    pub plan: PaymentPlan,
    /// What was written down as missed.
    told: Option<Missed>,
}

impl Agreed {
    fn runs(&self) -> bool {
        self.plan.ended_on.is_none()
    }
}

impl World<'_> {
    /// A plan is agreed. It may be for a part of what is open, and not for more.
    pub(super) fn agree(
        &mut self,
        names: &[String],
        instalments: &[(NaiveDate, Money)],
    ) -> Result<(), Cannot> {
        let mut invoices: Vec<InvoiceId> = Vec::new();
        for name in names {
            let id = self.open_invoice(name)?;
            if self.plan_of(id).is_some() {
                return Err(Cannot::Never(text!(
                    "There is a payment plan for {name} already: it is cancelled first.",
                    "{name} est déjà échelonnée : il faut d'abord annuler l'échéancier."
                )));
            }
            if !invoices.contains(&id) {
                invoices.push(id);
            }
        }
        let instalments: Vec<Instalment> = instalments
            .iter()
            .map(|(due, amount)| Instalment {
                due: *due,
                amount: *amount,
            })
            .collect();
        let today = self.today();
        if let Some(open) = self.open_of(&invoices)? {
            match plans::possible(&instalments, open, today) {
                Err(Impossible::Sum { sum, .. }) if sum.amount < open.amount => {}
                possible => possible.map_err(|why| Cannot::Never(why.told()))?,
            }
        }
        let id = i64::try_from(self.plans.len()).unwrap_or(0) + 1;
        self.plans.push(Agreed {
            invoices,
            plan: PaymentPlan {
                id,
                made_on: today,
                instalments,
                paid: Vec::new(),
                ended_on: None,
            },
            told: None,
        });
        Ok(())
    }

    /// The running plan of an invoice is called off. Gives whether there was one.
    pub(super) fn cancel_plan(&mut self, id: InvoiceId) -> bool {
        let today = self.today();
        let running = self
            .plans
            .iter_mut()
            .find(|p| p.runs() && p.invoices.contains(&id));
        running.map(|agreed| agreed.plan.ended_on = Some(today)).is_some()
    }

    /// Money came in, or less is asked for: for one invoice, or not allocated to any.
    pub(super) fn serve_plans(&mut self, of: Option<InvoiceId>, amount: Money, by: SettledBy) {
        let today = self.today();
        let settled = |world: &Self, id: &InvoiceId| {
            let invoice = world.facts.invoices.iter().find(|i| i.id == *id);
            invoice.is_none_or(|i| i.balance.amount <= Decimal::ZERO)
        };
        let mut plans = std::mem::take(&mut self.plans);
        for agreed in plans.iter_mut().filter(|p| p.runs()) {
            let currency = agreed.plan.instalments.first().map(|i| i.amount.currency);
            let serves = of.is_none_or(|id| agreed.invoices.contains(&id));
            if serves && currency == Some(amount.currency) {
                let on = today;
                agreed.plan.paid.push(Settlement { on, amount, by });
            }
            if agreed.invoices.iter().all(|id| settled(self, id)) {
                agreed.plan.ended_on = Some(today);
            }
        }
        self.plans = plans;
    }

    /// Writes down which plans are missed since yesterday.
    pub(super) fn tell_missed(&mut self) {
        let (today, grace) = (self.today(), Grace::of(self.rulebook));
        let mut numbers = Vec::new();
        for agreed in self.plans.iter_mut().filter(|p| p.plan.ended_on.is_none()) {
            let missed = plans::missed(&agreed.plan, &grace, today);
            if missed.is_some() && missed != agreed.told {
                numbers.extend(agreed.invoices.clone());
            }
            agreed.told = missed;
        }
        for id in numbers {
            let number = self.number(id);
            let missed = self.lang.pick("payment plan missed:", "échéancier manqué :");
            self.note(&format!("{missed} {number}"));
        }
    }

    /// Brings the facts of all invoices up to date with their plans.
    pub(super) fn note_plans(&mut self) {
        if self.plans.is_empty() {
            return;
        }
        let (today, grace) = (self.today(), Grace::of(self.rulebook));
        for invoice in &mut self.facts.invoices {
            let of_it = self.plans.iter().filter(|p| p.invoices.contains(&invoice.id));
            let of_it: Vec<&Agreed> = of_it.collect();
            invoice.plan = of_it.last().map(|agreed| agreed.plan.clone());
            invoice.holds.retain(|hold| hold.kind != HoldKind::OnPlan);
            let spans = of_it.iter().flat_map(|p| plans::spans(&p.plan, &grace, today));
            invoice.holds.extend(spans);
        }
    }

    /// The running plan of an invoice.
    fn plan_of(&self, id: InvoiceId) -> Option<&Agreed> {
        self.plans.iter().find(|p| p.runs() && p.invoices.contains(&id))
    }

    /// What is open of some invoices together, in their one currency.
    fn open_of(&self, invoices: &[InvoiceId]) -> Result<Option<Money>, Cannot> {
        let mut open: Option<Money> = None;
        for invoice in self.facts.invoices.iter().filter(|i| invoices.contains(&i.id)) {
            let sum = open.get_or_insert(Money::zero(invoice.balance.currency));
            if sum.currency != invoice.balance.currency {
                return Err(Cannot::Never(text!(
                    "A payment plan is for invoices in one currency.",
                    "Un échéancier porte sur des factures dans une même devise."
                )));
            }
            sum.amount = sum.amount.saturating_add(invoice.balance.amount);
        }
        Ok(open)
    }
}

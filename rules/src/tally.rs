//! Sums over a whole account, each made once at most for each decision, in the company's currency.

use std::cell::OnceCell;

use chrono::NaiveDate;
use relance_dsl::money::{Currency, Money};
use rust_decimal::Decimal;

use crate::facts::{AccountFacts, Invoice};

/// An amount could not be read in the company's currency: nobody entered a rate that serves on this day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MissingRate {
    /// The foreign currency.
    pub currency: Currency,
    /// The day.
    pub on: NaiveDate,
}

/// Reads an amount in the company's currency with the rate that serves on `on`. Exact, not rounded.
pub fn in_company_currency(facts: &AccountFacts, money: Money, on: NaiveDate) -> Result<Money, MissingRate> {
    let to = facts.company.currency;
    if money.currency == to {
        return Ok(money);
    }
    let missing = MissingRate {
        currency: money.currency,
        on,
    };
    facts
        .rates
        .iter()
        .filter(|r| r.from == money.currency && r.on <= on)
        .max_by_key(|r| r.on)
        .and_then(|r| money.amount.checked_mul(r.rate))
        .map(|amount| Money::new(amount, to))
        .ok_or(missing)
}

/// What the account as a whole looks like today. Each sum is made when it is first asked for and then kept: rules ask for few of
/// them, and the first line that holds often spares the rest. A sum is `None` when a rate for one of its amounts is missing.
#[derive(Debug, Clone)]
pub struct Tally<'a> {
    facts: &'a AccountFacts,
    today: NaiveDate,
    balance: OnceCell<Option<Money>>,
    overdue: OnceCell<Option<Money>>,
    oldest_overdue_days: OnceCell<i64>,
    open_invoices: OnceCell<i64>,
    overdue_invoices: OnceCell<i64>,
    unallocated: OnceCell<Option<Money>>,
    revenue_12m: OnceCell<Option<Money>>,
    credit_used: OnceCell<Option<Decimal>>,
    missing: OnceCell<Vec<MissingRate>>,
}

impl<'a> Tally<'a> {
    /// The sums of one account as of `today`.
    pub fn of(facts: &'a AccountFacts, today: NaiveDate) -> Self {
        Self {
            facts,
            today,
            balance: OnceCell::new(),
            overdue: OnceCell::new(),
            oldest_overdue_days: OnceCell::new(),
            open_invoices: OnceCell::new(),
            overdue_invoices: OnceCell::new(),
            unallocated: OnceCell::new(),
            revenue_12m: OnceCell::new(),
            credit_used: OnceCell::new(),
            missing: OnceCell::new(),
        }
    }

    /// Open balance of all invoices, less nothing.
    pub fn balance(&self) -> Option<Money> {
        *self
            .balance
            .get_or_init(|| self.sum(self.open().map(|i| i.balance)))
    }

    /// Open balance of invoices whose due date has passed.
    pub fn overdue(&self) -> Option<Money> {
        *self
            .overdue
            .get_or_init(|| self.sum(self.past_due().map(|i| i.balance)))
    }

    /// The same as far as rates are known: what has none counts nothing. For putting work in order, where more than nothing is better
    /// than not knowing; rules do not see it.
    pub fn overdue_as_known(&self) -> Money {
        let amounts = self
            .past_due()
            .filter_map(|i| self.in_company_currency(i.balance).ok());
        let total = amounts.fold(Decimal::ZERO, |sum, money| sum.saturating_add(money.amount));
        Money::new(total, self.facts.company.currency)
    }

    /// Days since the oldest open due date that has passed; 0 when nothing is overdue.
    pub fn oldest_overdue_days(&self) -> i64 {
        *self.oldest_overdue_days.get_or_init(|| {
            let oldest = self.past_due().map(|i| i.due).min();
            oldest.map_or(0, |due| (self.today - due).num_days())
        })
    }

    /// How many invoices are open.
    pub fn open_invoices(&self) -> i64 {
        *self.open_invoices.get_or_init(|| count(self.open()))
    }

    /// How many open invoices are past their due date.
    pub fn overdue_invoices(&self) -> i64 {
        *self.overdue_invoices.get_or_init(|| count(self.past_due()))
    }

    /// Payments and credit notes that are not allocated.
    pub fn unallocated(&self) -> Option<Money> {
        *self
            .unallocated
            .get_or_init(|| self.sum(self.facts.unallocated.iter().copied()))
    }

    /// Invoiced in the last twelve months.
    pub fn revenue_12m(&self) -> Option<Money> {
        *self
            .revenue_12m
            .get_or_init(|| self.sum(self.facts.history.invoiced_12m.iter().copied()))
    }

    /// Open balance as a percentage of the credit limit; `None` also without a limit, or with a limit of 0.
    pub fn credit_used(&self) -> Option<Decimal> {
        *self.credit_used.get_or_init(|| {
            let limit = self.in_company_currency(self.facts.customer.credit_limit?).ok()?;
            let share = self.balance()?.amount.checked_div(limit.amount)?;
            share.checked_mul(Decimal::ONE_HUNDRED)
        })
    }

    /// Rates that are missing for one of the sums, each once.
    pub fn missing(&self) -> &[MissingRate] {
        self.missing.get_or_init(|| {
            let mut missing = Vec::new();
            let sums = self.open().map(|i| i.balance);
            let sums = sums.chain(self.facts.unallocated.iter().copied());
            for money in sums.chain(self.facts.history.invoiced_12m.iter().copied()) {
                if let Err(rate) = self.in_company_currency(money)
                    && !missing.contains(&rate)
                {
                    missing.push(rate);
                }
            }
            missing
        })
    }

    fn open(&self) -> impl Iterator<Item = &'a Invoice> + use<'a> {
        self.facts.invoices.iter().filter(|i| is_open(i))
    }

    fn past_due(&self) -> impl Iterator<Item = &'a Invoice> + use<'a> {
        let today = self.today;
        let invoices = self.facts.invoices.iter();
        invoices.filter(move |i| i.due < today && is_open(i))
    }

    fn in_company_currency(&self, money: Money) -> Result<Money, MissingRate> {
        in_company_currency(self.facts, money, self.today)
    }

    fn sum(&self, amounts: impl Iterator<Item = Money>) -> Option<Money> {
        let currency = self.facts.company.currency;
        let mut total = Decimal::ZERO;
        for money in amounts {
            let amount = self.in_company_currency(money).ok()?.amount;
            total = total.checked_add(amount)?;
        }
        Some(Money::new(total, currency))
    }
}

fn is_open(invoice: &Invoice) -> bool {
    invoice.balance.amount > Decimal::ZERO
}

fn count<'i>(invoices: impl Iterator<Item = &'i Invoice>) -> i64 {
    i64::try_from(invoices.count()).unwrap_or(i64::MAX)
}

//! Sums over a whole account, made once for each decision, in the company's currency.

use chrono::NaiveDate;
use relance_dsl::money::{Currency, Money};
use rust_decimal::Decimal;

use crate::facts::AccountFacts;

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

/// What the account as a whole looks like today. A sum is `None` when a rate for one of its amounts is missing.
#[derive(Debug, Clone, PartialEq)]
pub struct Tally {
    /// Open balance of all invoices, less nothing.
    pub balance: Option<Money>,
    /// Open balance of invoices whose due date has passed.
    pub overdue: Option<Money>,
    /// Days since the oldest open due date that has passed; 0 when nothing is overdue.
    pub oldest_overdue_days: i64,
    /// How many invoices are open.
    pub open_invoices: i64,
    /// How many open invoices are past their due date.
    pub overdue_invoices: i64,
    /// Payments and credit notes that are not allocated.
    pub unallocated: Option<Money>,
    /// Invoiced in the last twelve months.
    pub revenue_12m: Option<Money>,
    /// Open balance as a percentage of the credit limit; `None` also without a limit, or with a limit of 0.
    pub credit_used: Option<Decimal>,
    /// Rates that were missing, each once.
    pub missing: Vec<MissingRate>,
}

impl Tally {
    /// Adds up one account as of `today`.
    pub fn of(facts: &AccountFacts, today: NaiveDate) -> Self {
        let mut missing = Vec::new();
        let open = || facts.invoices.iter().filter(|i| i.balance.amount > Decimal::ZERO);
        let overdue = || open().filter(|i| i.due < today);
        let mut sum = |amounts: &mut dyn Iterator<Item = Money>| {
            let mut total = Some(Money::zero(facts.company.currency));
            for money in amounts {
                match in_company_currency(facts, money, today) {
                    Ok(m) => total = total.and_then(|t| t.checked_add(m)),
                    Err(rate) => {
                        total = None;
                        if !missing.contains(&rate) {
                            missing.push(rate);
                        }
                    }
                }
            }
            total
        };
        let balance = sum(&mut open().map(|i| i.balance));
        let overdue_sum = sum(&mut overdue().map(|i| i.balance));
        let unallocated = sum(&mut facts.unallocated.iter().copied());
        let revenue_12m = sum(&mut facts.history.invoiced_12m.iter().copied());
        let limit = facts.customer.credit_limit;
        let credit_used = balance
            .zip(limit.and_then(|l| in_company_currency(facts, l, today).ok()))
            .and_then(|(b, l)| b.amount.checked_div(l.amount))
            .and_then(|share| share.checked_mul(Decimal::ONE_HUNDRED));
        Self {
            balance,
            overdue: overdue_sum,
            oldest_overdue_days: overdue().map(|i| (today - i.due).num_days()).max().unwrap_or(0),
            open_invoices: i64::try_from(open().count()).unwrap_or(i64::MAX),
            overdue_invoices: i64::try_from(overdue().count()).unwrap_or(i64::MAX),
            unallocated,
            revenue_12m,
            credit_used,
            missing,
        }
    }
}

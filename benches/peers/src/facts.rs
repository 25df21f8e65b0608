//! The ten facts in plain Rust: what a program that uses another engine computes itself before it asks.

use chrono::NaiveDate;
use relance_rules::dsl::money::Money;
use relance_rules::facts::{AccountFacts, CustomerKind, Invoice};
use relance_rules::tally::in_company_currency;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

/// The ten facts of one account. Amounts in euro; `None` is unknown.
pub struct Facts<'a> {
    pub kind: &'static str,
    pub tags: &'a [String],
    pub country: &'a str,
    pub company_country: &'a str,
    pub revenue_12m: Option<Decimal>,
    pub on_time_rate_12m: Option<Decimal>,
    pub broken_promises_12m: u32,
    pub average_days_late: Option<Decimal>,
    pub oldest_overdue_days: i64,
    pub overdue: Option<Decimal>,
}

impl<'a> Facts<'a> {
    pub fn of(account: &'a AccountFacts, today: NaiveDate) -> Self {
        Self {
            kind: kind(account),
            tags: &account.customer.tags,
            country: &account.customer.country,
            company_country: &account.company.country,
            revenue_12m: revenue_12m(account, today),
            on_time_rate_12m: on_time_rate_12m(account),
            broken_promises_12m: account.history.broken_promises_12m,
            average_days_late: account.history.average_days_late,
            oldest_overdue_days: oldest_overdue_days(account, today),
            overdue: overdue(account, today),
        }
    }
}

pub fn kind(account: &AccountFacts) -> &'static str {
    match account.customer.kind {
        CustomerKind::Business => "business",
        CustomerKind::Public => "public",
        CustomerKind::Consumer => "consumer",
    }
}

pub fn revenue_12m(account: &AccountFacts, today: NaiveDate) -> Option<Decimal> {
    sum(account, account.history.invoiced_12m.iter().copied(), today)
}

pub fn overdue(account: &AccountFacts, today: NaiveDate) -> Option<Decimal> {
    sum(account, past_due(account, today).map(|i| i.balance), today)
}

pub fn oldest_overdue_days(account: &AccountFacts, today: NaiveDate) -> i64 {
    let oldest = past_due(account, today).map(|i| i.due).min();
    oldest.map_or(0, |due| (today - due).num_days())
}

pub fn on_time_rate_12m(account: &AccountFacts) -> Option<Decimal> {
    let paid = Decimal::from(account.history.paid_12m);
    (Decimal::from(account.history.on_time_12m) * Decimal::ONE_HUNDRED).checked_div(paid)
}

/// For engines without decimals: in hundredths, rounded down, which leaves every comparison with whole hundredths as it is.
pub fn hundredths(number: Decimal) -> i64 {
    (number * Decimal::ONE_HUNDRED).floor().to_i64().expect("small")
}

fn past_due(account: &AccountFacts, today: NaiveDate) -> impl Iterator<Item = &Invoice> {
    let open = account
        .invoices
        .iter()
        .filter(|i| i.balance.amount > Decimal::ZERO);
    open.filter(move |i| i.due < today)
}

fn sum(account: &AccountFacts, amounts: impl Iterator<Item = Money>, today: NaiveDate) -> Option<Decimal> {
    let mut total = Decimal::ZERO;
    for money in amounts {
        total += in_company_currency(account, money, today).ok()?.amount;
    }
    Some(total)
}

//! By hand: what somebody writes who knows the rules when the program is built. Facts are computed where they are needed.

use chrono::NaiveDate;
use relance_rules::facts::{AccountFacts, CustomerKind};
use rust_decimal::Decimal;

use crate::facts::{oldest_overdue_days, on_time_rate_12m, overdue, revenue_12m};
use crate::measure::Answer;

pub fn decide(account: &AccountFacts, today: NaiveDate) -> &'static str {
    let (customer, history) = (&account.customer, &account.history);
    let at_least = |value: Option<Decimal>, bound: i64| value.is_some_and(|v| v >= Decimal::from(bound));
    if customer.kind == CustomerKind::Public {
        return "public";
    }
    if customer.tags.iter().any(|tag| tag == "strategic" || tag == "vip") {
        return "strategic";
    }
    if at_least(revenue_12m(account, today), 500_000) && at_least(on_time_rate_12m(account), 80) {
        return "key";
    }
    let country = customer.country.as_str();
    if country != account.company.country && country != "BE" && country != "LU" {
        return "export";
    }
    let late = history.average_days_late;
    if history.broken_promises_12m >= 2 || late.is_some_and(|days| days > Decimal::new(455, 1)) {
        return "risky";
    }
    let oldest = oldest_overdue_days(account, today);
    if oldest > 60 && at_least(overdue(account, today), 10_000) {
        return "slow";
    }
    if at_least(on_time_rate_12m(account), 95) && late.is_some_and(|days| days <= Decimal::ZERO) {
        return "prompt";
    }
    let owes = || overdue(account, today).is_some_and(|sum| sum > Decimal::new(25_050, 2)) || oldest > 30;
    if customer.kind == CustomerKind::Consumer && owes() {
        return "consumer";
    }
    "small"
}

impl Answer for &str {
    fn segment(&self) -> String {
        (*self).to_owned()
    }
}

//! A priority with the figures that it is the product of.

use super::{Language, money, number};
use crate::priority::Priority;
use relance_dsl::money::{Currency, Money};

/// The working out: `9,223 = EUR 2,400.00 x 1.83 (age) x 1.4 (risk) x 1.5 (promises)`.
pub fn priority(priority: &Priority, currency: Currency, language: Language) -> String {
    let (age, risk, promise) = match language {
        Language::En => ("age", "risk", "promises"),
        Language::Fr => ("ancienneté", "risque", "promesses"),
    };
    let n = |value| number(value, language);
    format!(
        "{} = {} × {} ({age}) × {} ({risk}) × {} ({promise})",
        n(priority.value),
        money(Money::new(priority.amount, currency), language),
        n(priority.age),
        n(priority.risk),
        n(priority.promise),
    )
}

//! Values that several endpoints give.

use chrono_tz::Tz;
use relance_rules::dsl::money::Money;
use relance_rules::reason::Reason as RuleReason;
use relance_rules::words;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::web::words::Words;

/// An exact amount.
#[derive(Debug, Serialize, ToSchema)]
pub struct Amount {
    /// In units of the currency, as `1234.50`.
    #[schema(example = "1234.50")]
    amount: String,
    /// ISO 4217 code.
    #[schema(example = "EUR")]
    currency: String,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        let exact = money.amount.normalize();
        let digits = exact.scale().max(money.currency.minor_units());
        Self {
            amount: format!("{:.*}", usize::try_from(digits).unwrap_or(2), exact),
            currency: money.currency.code().to_owned(),
        }
    }
}

/// Why something was decided.
#[derive(Debug, Serialize, ToSchema)]
pub struct Reason {
    /// As a sentence, in the language asked for.
    text: String,
    /// What kind of reason, as `step_due`.
    kind: String,
    /// The line of the rules that says so.
    source: Option<Source>,
    /// The facts that were read for it.
    facts: Vec<Fact>,
}

/// A line of the rules.
#[derive(Debug, Serialize, ToSchema)]
pub struct Source {
    /// File, relative to the rulebook folder.
    file: String,
    /// Line, from 1.
    line: u32,
    /// The line's text.
    text: String,
}

/// A fact with the value that it had.
#[derive(Debug, Serialize, ToSchema)]
pub struct Fact {
    /// Path, as `account.overdue`.
    fact: String,
    /// Value.
    value: String,
}

/// Reasons in the language asked for, with moments on the company's clock.
pub fn reasons(w: &Words, zone: Tz, reasons: &[RuleReason]) -> Vec<Reason> {
    reasons
        .iter()
        .map(|reason| Reason {
            text: words::reason(reason, zone, w.language),
            kind: serde_json::to_value(&reason.kind)
                .ok()
                .and_then(|value| value.get("reason")?.as_str().map(str::to_owned))
                .unwrap_or_default(),
            source: reason.source.as_ref().map(|source| Source {
                file: source.file.clone(),
                line: source.line,
                text: source.text.clone(),
            }),
            facts: reason
                .facts
                .iter()
                .map(|fact| Fact {
                    fact: fact.fact.clone(),
                    value: fact.value.clone(),
                })
                .collect(),
        })
        .collect()
}

/// Which part of a list.
#[derive(Debug, Clone, Copy, Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub struct Part {
    /// How many to skip; 0 when it is not given.
    #[param(minimum = 0)]
    offset: Option<i64>,
    /// How many at most, 1 to 500; 50 when it is not given.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<i64>,
}

impl Part {
    /// How many to skip.
    pub fn offset(self) -> i64 {
        self.offset.unwrap_or(0).clamp(0, 100_000_000)
    }

    /// How many at most.
    pub fn limit(self) -> i64 {
        self.limit.unwrap_or(50).clamp(1, 500)
    }
}

/// The identity of what was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct Made {
    /// Identity.
    pub id: i64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use relance_rules::dsl::money::Currency;
    use rust_decimal::Decimal;

    #[test]
    fn amounts_have_the_digits_of_their_currency_and_lose_none() {
        let of = |n, scale| Amount::from(Money::new(Decimal::new(n, scale), Currency::EUR)).amount;
        assert_eq!(of(12, 0), "12.00");
        assert_eq!(of(1_234_500, 4), "123.45");
        assert_eq!(of(1_234_567, 4), "123.4567");
        let yen = Currency::new("JPY").unwrap();
        assert_eq!(Amount::from(Money::new(Decimal::new(50, 0), yen)).amount, "50");
    }
}

/// What was done to many.
#[derive(Debug, Serialize, ToSchema)]
pub struct Done {
    /// To so many it was done.
    done: u32,
    /// So many were not there any more, or not yet to be done.
    missed: u32,
}

impl From<crate::many::Done> for Done {
    fn from(done: crate::many::Done) -> Self {
        Self {
            done: done.done,
            missed: done.missed,
        }
    }
}

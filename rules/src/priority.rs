//! Whose turn it is: the order of the work list, explained.
//!
//! Priority = amount x age x risk x promise. It is an order and no amount: an invoice that is older, of a worse payer, or promised in vain,
//! weighs as much as a larger one that is not. The weights are few and small, so that whoever reads them can work the order out
//! by hand.

use chrono::NaiveDate;
use relance_dsl::checked::Score;
use relance_dsl::money::Money;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::decision::ScoreResult;
use crate::facts::{AccountFacts, HoldKind, HoldSpan};
use crate::tally::Tally;

/// Days after which an overdue amount weighs twice; three times after twice as many.
const AGE_UNIT: Decimal = Decimal::from_parts(30, 0, 0, false, 0);
/// Most that age weighs.
const AGE_MOST: Decimal = Decimal::from_parts(5, 0, 0, false, 0);
/// The weight of a payer of whom nothing is known.
const RISK_UNKNOWN: Decimal = Decimal::from_parts(15, 0, 0, false, 1);
/// The weight of an amount that is promised: it may come by itself.
const PROMISED: Decimal = Decimal::from_parts(5, 0, 0, false, 1);
/// The weight of one who broke a promise in the last 12 months.
const BROKEN: Decimal = Decimal::from_parts(15, 0, 0, false, 1);

/// What a customer's promises are worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Promise {
    /// There is none.
    None,
    /// One is open, for all that is overdue or a part of it.
    Open,
    /// One was broken in the last 12 months, and none is open.
    Broken,
}

impl Promise {
    /// From what the store knows.
    pub fn of(open: bool, broken_12m: bool) -> Self {
        match (open, broken_12m) {
            (true, _) => Self::Open,
            (false, true) => Self::Broken,
            (false, false) => Self::None,
        }
    }
}

/// What the priority of a customer follows from.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// What is overdue, in the company's currency.
    pub overdue: Money,
    /// Days since the oldest open due date that has passed; 0 when nothing is overdue.
    pub oldest_days: i64,
    /// From [`risk`]; none when there is no score.
    pub risk: Option<Decimal>,
    /// What promises are worth.
    pub promise: Promise,
}

/// A priority with the figures that it is the product of.
#[derive(Debug, Clone, Copy, PartialEq, serde::Serialize)]
pub struct Priority {
    /// The product, rounded half up to a whole number.
    pub value: Decimal,
    /// What is overdue, in units of the company's currency.
    pub amount: Decimal,
    /// 1 for what has just become overdue, 2 after 30 days, and so on, at most 5; 2 digits.
    pub age: Decimal,
    /// Between 1 (the best score) and 2 (the worst); 1.5 without a score; 2 digits.
    pub risk: Decimal,
    /// 0.5 for an open promise, 1.5 after a broken one, else 1.
    pub promise: Decimal,
}

impl Priority {
    /// Works it out.
    pub fn of(standing: &Standing) -> Self {
        let round = |value: Decimal, digits| {
            value.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
        };
        let days = Decimal::from(standing.oldest_days.max(0));
        let age = round((Decimal::ONE + days / AGE_UNIT).min(AGE_MOST), 2);
        let risk = round(standing.risk.unwrap_or(RISK_UNKNOWN), 2);
        let promise = match standing.promise {
            Promise::None => Decimal::ONE,
            Promise::Open => PROMISED,
            Promise::Broken => BROKEN,
        };
        let amount = standing.overdue.amount;
        let product = [age, risk, promise]
            .into_iter()
            .try_fold(amount, Decimal::checked_mul)
            .unwrap_or(Decimal::MAX);
        Self {
            value: round(product, 0),
            amount,
            age,
            risk,
            promise,
        }
    }
}

/// The priority of an account as it is on a day, with the score of its last decision. An overdue amount of which a rate is missing counts
/// nothing.
pub fn of_account(facts: &AccountFacts, score: Option<&ScoreResult>, today: NaiveDate) -> Priority {
    let tally = Tally::of(facts, today);
    let promised = |hold: &HoldSpan| hold.kind == HoldKind::Promised && hold.ending.is_none();
    let open = facts.invoices.iter().flat_map(|i| &i.holds).any(promised);
    Priority::of(&Standing {
        overdue: tally.overdue_as_known().rounded(),
        oldest_days: tally.oldest_overdue_days(),
        risk: score.map(|score| score.risk),
        promise: Promise::of(open, facts.history.broken_promises_12m > 0),
    })
}

/// The risk of a payer by the points of the score: 1 at the upper end of its range, 2 at the lower.
pub fn risk(points: i32, rules: &Score) -> Decimal {
    let (from, to) = (Decimal::from(rules.from), Decimal::from(rules.to));
    let missing = (to - Decimal::from(points)).clamp(Decimal::ZERO, (to - from).max(Decimal::ZERO));
    match missing.checked_div(to - from) {
        Some(share) => Decimal::ONE + share,
        None => RISK_UNKNOWN,
    }
}

#[cfg(test)]
mod tests {
    use relance_dsl::money::Currency;

    use super::*;
    use crate::facts::testing::euro;

    fn standing() -> Standing {
        Standing {
            overdue: euro(2_400),
            oldest_days: 0,
            risk: Some(Decimal::ONE),
            promise: Promise::None,
        }
    }

    fn value(standing: &Standing) -> String {
        Priority::of(standing).value.to_string()
    }

    #[test]
    fn it_is_the_product_of_its_figures_worked_out_by_hand() {
        assert_eq!(value(&standing()), "2400");
        // 25 days: 1 + 25/30 = 1.83; 2400 x 1.83 x 1.40 x 1.5 = 9223.2
        let worked = Standing {
            oldest_days: 25,
            risk: Some(Decimal::new(14, 1)),
            promise: Promise::Broken,
            ..standing()
        };
        assert_eq!(value(&worked), "9223");
        let promised = Standing {
            promise: Promise::Open,
            ..worked
        };
        assert_eq!(value(&promised), "3074");
    }

    #[test]
    fn age_counts_five_times_at_most_and_never_below_once() {
        let aged = |oldest_days| {
            Priority::of(&Standing {
                oldest_days,
                ..standing()
            })
            .age
            .to_string()
        };
        assert_eq!([aged(-3), aged(30), aged(120), aged(4_000)], ["1", "2", "5", "5"]);
    }

    #[test]
    fn an_amount_beyond_all_measure_comes_first_and_breaks_nothing() {
        let huge = Standing {
            overdue: Money::new(Decimal::MAX, euro(0).currency),
            oldest_days: 400,
            ..standing()
        };
        assert_eq!(Priority::of(&huge).value, Decimal::MAX);
    }

    #[test]
    fn an_account_has_the_priority_of_what_is_overdue() {
        let facts = crate::facts::testing::account();
        let today = crate::facts::testing::day("2026-03-16");
        // 1000 EUR for 15 days: 1.5; no score: 1.5
        let priority = of_account(&facts, None, today);
        assert_eq!(priority.value.to_string(), "2250");
    }

    #[test]
    fn an_amount_without_a_rate_counts_nothing_and_hides_nothing() {
        let mut facts = crate::facts::testing::account();
        let mut foreign = facts.invoices[0].clone();
        foreign.balance.currency = Currency::new("JPY").unwrap();
        facts.invoices.push(foreign);
        let today = crate::facts::testing::day("2026-03-16");
        assert_eq!(of_account(&facts, None, today).value.to_string(), "2250");
    }

    #[test]
    fn a_payer_without_a_score_lies_between_the_best_and_the_worst() {
        let unknown = Standing {
            risk: None,
            ..standing()
        };
        assert_eq!(value(&unknown), "3600");
    }
}

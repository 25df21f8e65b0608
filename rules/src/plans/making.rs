//! What a payment plan may look like, and a proposal for one.

use chrono::NaiveDate;
use relance_dsl::lang::Text;
use relance_dsl::money::{Currency, Money};
use relance_dsl::text;
use rust_decimal::{Decimal, RoundingStrategy};

use crate::days::plus_months;
use crate::facts::Instalment;

/// A plan has at most so many instalments: ten years of months.
pub const MOST_INSTALMENTS: usize = 120;

/// Why a payment plan cannot be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Impossible {
    /// It has no instalment.
    Empty,
    /// It has more than [`MOST_INSTALMENTS`].
    TooMany,
    /// An instalment is of nothing, or less.
    NotPositive(Money),
    /// An instalment is not in the currency of the invoices.
    Currency(Currency),
    /// An instalment is for a day that has passed.
    Past(NaiveDate),
    /// Two instalments are for one day, or the earlier one stands last.
    OutOfOrder(NaiveDate),
    /// The instalments are not together what is open: to be said why.
    Sum {
        /// What they are together.
        sum: Money,
        /// What is open.
        open: Money,
    },
}

impl Impossible {
    /// In a sentence.
    pub fn told(&self) -> Text {
        match self {
            Self::Empty => text!(
                "A payment plan has one instalment at least.",
                "Un échéancier compte au moins une échéance."
            ),
            Self::TooMany => text!(
                "A payment plan has {MOST_INSTALMENTS} instalments at most.",
                "Un échéancier compte au plus {MOST_INSTALMENTS} échéances."
            ),
            Self::NotPositive(amount) => text!(
                "An instalment must be of more than 0: {amount} is not.",
                "Une échéance doit être positive : {amount} ne l'est pas."
            ),
            Self::Currency(currency) => text!(
                "The instalments must be in {currency}, as the invoices are.",
                "Les échéances doivent être en {currency}, comme les factures."
            ),
            Self::Past(day) => text!(
                "An instalment for {day} is in the past.",
                "Une échéance au {day} est dans le passé."
            ),
            Self::OutOfOrder(day) => text!(
                "The instalments must stand in the order of their days, each day once: {day} does not.",
                "Les échéances doivent se suivre dans l'ordre des jours, chaque jour une fois : {day} ne va pas."
            ),
            Self::Sum { sum, open } => text!(
                "The instalments are {sum} together, and {open} is open.",
                "Les échéances font {sum} au total, et il reste {open} à payer."
            ),
        }
    }
}

/// Says why no payment plan can be made today of these instalments for invoices of which so much is open. That their sum is
/// another one is said last: whoever allows it knows that nothing else is wrong.
pub fn possible(instalments: &[Instalment], open: Money, today: NaiveDate) -> Result<(), Impossible> {
    if instalments.is_empty() {
        return Err(Impossible::Empty);
    }
    if instalments.len() > MOST_INSTALMENTS {
        return Err(Impossible::TooMany);
    }
    let mut sum = Money::zero(open.currency);
    let mut before: Option<NaiveDate> = None;
    for instalment in instalments {
        let (due, amount) = (instalment.due, instalment.amount);
        if amount.currency != open.currency {
            return Err(Impossible::Currency(open.currency));
        }
        if amount.amount <= Decimal::ZERO {
            return Err(Impossible::NotPositive(amount));
        }
        if due < today {
            return Err(Impossible::Past(due));
        }
        if before.is_some_and(|before| before >= due) {
            return Err(Impossible::OutOfOrder(due));
        }
        before = Some(due);
        sum.amount = sum.amount.saturating_add(amount.amount);
    }
    if sum.amount != open.amount {
        return Err(Impossible::Sum { sum, open });
    }
    Ok(())
}

/// A proposal: so many parts of what is open, one each month from a day on, on the same day of the month or the last one that it
/// has. The parts are equal, rounded down to whole cents; the last one takes what is left. Fewer parts when there is less than a
/// cent for each; at least one, and at most [`MOST_INSTALMENTS`].
pub fn equal_parts(open: Money, count: usize, first: NaiveDate) -> Vec<Instalment> {
    let cent = Decimal::new(1, 2);
    let mut count = count.clamp(1, MOST_INSTALMENTS);
    let part = loop {
        let parts = Decimal::from(count);
        let part = open.amount / parts;
        let part = part.round_dp_with_strategy(2, RoundingStrategy::ToZero);
        if part >= cent || count == 1 {
            break part;
        }
        count -= 1;
    };
    let mut left = open.amount;
    (0..count)
        .zip(0_i64..)
        .map(|(index, months)| {
            let amount = if index + 1 == count { left } else { part };
            left = left.saturating_sub(amount);
            Instalment {
                due: plus_months(first, months),
                amount: Money::new(amount, open.currency),
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::testing::{day, euro};

    fn parts(parts: &[(&str, i64)]) -> Vec<Instalment> {
        let part = |(due, amount): &(&str, i64)| Instalment {
            due: day(due),
            amount: euro(*amount),
        };
        parts.iter().map(part).collect()
    }

    fn why(instalments: &[(&str, i64)]) -> Option<String> {
        let possible = possible(&parts(instalments), euro(700), day("2026-03-01"));
        possible
            .err()
            .map(|why| format!("{} / {}", why.told().en, why.told().fr))
    }

    #[test]
    fn a_plan_is_made_of_instalments_in_order_that_are_what_is_open() {
        assert_eq!(why(&[("2026-03-01", 400), ("2026-05-01", 300)]), None);
        insta::assert_snapshot!(
            [
                why(&[]),
                why(&[("2026-02-28", 700)]),
                why(&[("2026-04-01", 700), ("2026-05-01", 0)]),
                why(&[("2026-05-01", 400), ("2026-04-01", 300)]),
                why(&[("2026-05-01", 400), ("2026-05-01", 300)]),
                why(&[("2026-04-01", 400), ("2026-05-01", 200)]),
                why(&[("2026-04-01", 400), ("2026-05-01", 400)]),
            ]
            .map(Option::unwrap_or_default)
            .join("\n")
        );
    }

    #[test]
    fn equal_parts_fall_on_the_same_day_of_each_month_and_are_together_what_is_open() {
        let open = Money::new(Decimal::new(100_000, 2), Currency::EUR);
        let told: Vec<String> = equal_parts(open, 3, day("2026-01-31"))
            .iter()
            .map(|part| format!("{} {}", part.due, part.amount))
            .collect();
        assert_eq!(
            told,
            [
                "2026-01-31 333.33 EUR",
                "2026-02-28 333.33 EUR",
                "2026-03-31 333.34 EUR"
            ]
        );
    }

    #[test]
    fn no_part_is_less_than_a_cent() {
        let cents = Money::new(Decimal::new(2, 2), Currency::EUR);
        assert_eq!(equal_parts(cents, 12, day("2026-01-31")).len(), 2);
        assert_eq!(equal_parts(cents, 0, day("2026-01-31")).len(), 1);
        assert_eq!(
            equal_parts(euro(700), 9_999, day("2026-01-31")).len(),
            MOST_INSTALMENTS
        );
    }
}

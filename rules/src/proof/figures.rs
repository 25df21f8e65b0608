//! Payment behaviour: what the test gives stands for the whole test, the rest follows from what happens in it.

use chrono::NaiveDate;
use relance_dsl::checked::{Const, Property};
use relance_dsl::lang::Text;
use relance_dsl::money::Money;
use relance_dsl::text;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::Refused;
use crate::days::plus_months;
use crate::facts::History;

/// As many paid invoices make any share of them with up to four decimals.
const SHARES: [u32; 3] = [100, 10_000, 1_000_000];

/// Figures that a test gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Figures {
    revenue: Option<Money>,
    paid: Option<u32>,
    /// In per cent, with the place for when no number of invoices has this share.
    on_time: Option<(Decimal, relance_dsl::span::Span)>,
    average_days_late: Option<Decimal>,
    broken_promises: Option<u32>,
    /// Paid invoices and those of them paid on time, so that the share comes out.
    counted: Option<(u32, u32)>,
    /// What is not allocated when the test begins.
    pub unallocated: Option<Money>,
}

/// What happened in the test that figures are made of.
#[derive(Debug, Clone, Default)]
pub(super) struct Books {
    /// Invoices and (negative) credit notes, by day.
    pub invoiced: Vec<(NaiveDate, Money)>,
    /// Invoices paid in full: on which day, due on which.
    pub settled: Vec<(NaiveDate, NaiveDate)>,
    /// Days on which a promise was broken.
    pub broken: Vec<NaiveDate>,
}

impl Figures {
    /// Notes a figure. Gives what is wrong with it: some figures follow from the invoices and cannot be given.
    pub(super) fn note(&mut self, property: &Property) -> Result<(), Refused> {
        let refuse = |why: Text| {
            Err(Refused {
                span: property.span,
                why,
            })
        };
        let Some(value) = property.values.first() else {
            return Ok(());
        };
        let whole = |value: &Const| match value {
            Const::Number(n) if n.fract().is_zero() => n.to_u32(),
            _ => None,
        };
        match (property.name, value) {
            ("revenue_12m", Const::Money(money)) => self.revenue = Some(*money),
            ("unallocated", Const::Money(money)) => self.unallocated = Some(*money),
            ("on_time_rate_12m", Const::Number(rate)) => self.on_time = Some((*rate, property.span)),
            ("average_days_late", Const::Number(days)) => self.average_days_late = Some(*days),
            ("paid_invoices_12m" | "broken_promises_12m", value) => {
                let Some(count) = whole(value) else {
                    return refuse(text!(
                        "A count is a whole number, 0 or more.",
                        "Un nombre d'éléments est un entier positif ou nul."
                    ));
                };
                if property.name == "paid_invoices_12m" {
                    self.paid = Some(count);
                } else {
                    self.broken_promises = Some(count);
                }
            }
            // What follows from the invoices is refused by the check.
            _ => {}
        }
        Ok(())
    }

    /// Looks for numbers of invoices that make the share paid on time which is given.
    pub(super) fn settle(&mut self) -> Result<(), Refused> {
        let Some((rate, span)) = self.on_time else {
            self.counted = self.paid.map(|paid| (paid, paid));
            return Ok(());
        };
        let counts = self.paid.map_or_else(|| SHARES.to_vec(), |paid| vec![paid]);
        let on_time = |paid: u32| {
            let share = rate.checked_mul(Decimal::from(paid))? / Decimal::ONE_HUNDRED;
            let on_time = share.fract().is_zero().then(|| share.to_u32()).flatten()?;
            (on_time <= paid && paid > 0).then_some((paid, on_time))
        };
        self.counted = counts.into_iter().find_map(on_time);
        if self.counted.is_some() {
            return Ok(());
        }
        Err(Refused {
            span,
            why: text!(
                "No number of paid invoices has this share of them paid on time.",
                "Aucun nombre de factures payées ne donne cette part de factures payées à l'échéance."
            ),
        })
    }

    /// Payment behaviour as of a day.
    pub(super) fn history(&self, books: &Books, today: NaiveDate) -> History {
        let year = plus_months(today, -12);
        let lately = |day: NaiveDate| day > year && day <= today;
        let settled: Vec<_> = books.settled.iter().filter(|(on, _)| lately(*on)).collect();
        let late: i64 = settled.iter().map(|(on, due)| (*on - *due).num_days()).sum();
        let average = Decimal::from(late).checked_div(Decimal::from(settled.len()));
        let (paid_12m, on_time_12m) = self.counted.unwrap_or_else(|| {
            let on_time = settled.iter().filter(|(on, due)| on <= due).count();
            (count(settled.len()), count(on_time))
        });
        History {
            paid_12m,
            on_time_12m,
            average_days_late: self.average_days_late.or(average.map(rounded)),
            broken_promises_12m: self
                .broken_promises
                .unwrap_or_else(|| count(books.broken.iter().filter(|day| **day > year).count())),
            invoiced_12m: self.revenue.map_or_else(
                || {
                    let lately = books.invoiced.iter().filter(|(day, _)| lately(*day));
                    by_currency(lately.map(|(_, money)| *money))
                },
                |revenue| vec![revenue],
            ),
        }
    }
}

/// Days as the store rounds them.
fn rounded(days: Decimal) -> Decimal {
    let rounded = days.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    rounded.normalize()
}

/// One sum for each currency.
fn by_currency(amounts: impl Iterator<Item = Money>) -> Vec<Money> {
    let mut sums: Vec<Money> = Vec::new();
    for money in amounts {
        match sums.iter_mut().find(|sum| sum.currency == money.currency) {
            Some(sum) => sum.amount = sum.amount.saturating_add(money.amount),
            None => sums.push(money),
        }
    }
    sums
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

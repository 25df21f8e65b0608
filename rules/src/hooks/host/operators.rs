//! Operators on amounts and days. Those on whole numbers, decimals, texts and yes or no are Rhai's own, exact and checked for overflow.

use relance_dsl::money::Money;
use relance_dsl::period::{Period, PeriodUnit};
use relance_dsl::text;
use rhai::{Engine, INT};
use rust_decimal::Decimal;

use super::numbers::overflow;
use crate::days::{plus_days, plus_months};
use crate::hooks::failure::{Given, division_by_zero, fault};
use crate::hooks::objects::Day;

/// What the reference says of operators: form, English, French.
pub const OPERATORS: [(&str, &str, &str); 8] = [
    (
        "amount + amount, amount - amount",
        "In one currency; two currencies are an error.",
        "Dans une devise ; deux devises sont une erreur.",
    ),
    (
        "amount * number, number * amount, amount / number, -amount",
        "Exact; `round` rounds to the smallest unit.",
        "Exact ; `round` arrondit à la plus petite unité.",
    ),
    ("amount / amount", "A number.", "Un nombre."),
    (
        "amount < amount, also <= > >= == !=",
        "In one currency; two currencies are an error, and so is an amount and a number.",
        "Dans une devise ; deux devises sont une erreur, de même un montant et un nombre.",
    ),
    ("date + period, date - period", "A date.", "Une date."),
    (
        "date - date",
        "Days between, a whole number.",
        "Les jours entre les deux, un nombre entier.",
    ),
    (
        "date < date, also <= > >= == !=",
        "Which comes first.",
        "Laquelle vient d'abord.",
    ),
    (
        "value == ()",
        "Whether a fact is not known; any other comparison with the unknown does not hold.",
        "Si un fait n'est pas connu ; toute autre comparaison avec l'inconnu est fausse.",
    ),
];

/// Makes the operators known to an engine.
pub(in crate::hooks) fn install(engine: &mut Engine) {
    amounts(engine);
    comparisons(engine);
    days(engine);
}

/// The amounts of two values in one currency.
fn pair(a: Money, b: Money) -> Given<(Decimal, Decimal)> {
    if a.currency == b.currency {
        return Ok((a.amount, b.amount));
    }
    let (a, b) = (a.currency, b.currency);
    fault(text!(
        "an amount in {a} and one in {b} cannot be taken together",
        "un montant en {a} et un en {b} ne peuvent pas être pris ensemble"
    ))
}

fn made(amount: Option<Decimal>, like: Money) -> Given<Money> {
    amount.map_or_else(overflow, |amount| Ok(Money::new(amount, like.currency)))
}

fn divided(x: Decimal, y: Decimal) -> Given<Decimal> {
    if y.is_zero() {
        return fault(division_by_zero());
    }
    x.checked_div(y).map_or_else(overflow, Ok)
}

fn amounts(engine: &mut Engine) {
    engine
        .register_fn("+", |a: Money, b: Money| {
            pair(a, b).and_then(|(x, y)| made(x.checked_add(y), a))
        })
        .register_fn("-", |a: Money, b: Money| {
            pair(a, b).and_then(|(x, y)| made(x.checked_sub(y), a))
        })
        .register_fn("/", |a: Money, b: Money| -> Given<Decimal> {
            let (x, y) = pair(a, b)?;
            divided(x, y)
        })
        .register_fn("*", |a: Money, n: Decimal| made(a.amount.checked_mul(n), a))
        .register_fn("*", |a: Money, n: INT| made(a.amount.checked_mul(n.into()), a))
        .register_fn("*", |n: Decimal, a: Money| made(a.amount.checked_mul(n), a))
        .register_fn("*", |n: INT, a: Money| made(a.amount.checked_mul(n.into()), a))
        .register_fn("/", |a: Money, n: Decimal| {
            divided(a.amount, n).map(|part| Money::new(part, a.currency))
        })
        .register_fn("/", |a: Money, n: INT| {
            divided(a.amount, n.into()).map(|part| Money::new(part, a.currency))
        })
        .register_fn("-", |a: Money| Money::new(-a.amount, a.currency))
        .register_fn("to_string", |a: &mut Money| a.to_string());
}

/// A comparison and whether it holds.
type Compared<T> = (&'static str, fn(T, T) -> bool);

const OF_AMOUNTS: [Compared<Decimal>; 6] = [
    ("<", |a, b| a < b),
    ("<=", |a, b| a <= b),
    (">", |a, b| a > b),
    (">=", |a, b| a >= b),
    ("==", |a, b| a == b),
    ("!=", |a, b| a != b),
];

const OF_DAYS: [Compared<chrono::NaiveDate>; 6] = [
    ("<", |a, b| a < b),
    ("<=", |a, b| a <= b),
    (">", |a, b| a > b),
    (">=", |a, b| a >= b),
    ("==", |a, b| a == b),
    ("!=", |a, b| a != b),
];

fn comparisons(engine: &mut Engine) {
    for (sign, holds) in OF_AMOUNTS {
        engine
            .register_fn(sign, move |a: Money, b: Money| {
                pair(a, b).map(|(a, b)| holds(a, b))
            })
            .register_fn(sign, |_: Money, _: INT| not_alike())
            .register_fn(sign, |_: Money, _: Decimal| not_alike())
            .register_fn(sign, |_: INT, _: Money| not_alike())
            .register_fn(sign, |_: Decimal, _: Money| not_alike())
            .register_fn(sign, |_: Money, _: &str| not_alike())
            .register_fn(sign, |_: &str, _: Money| not_alike());
    }
    for (sign, holds) in OF_DAYS {
        engine
            .register_fn(sign, move |a: Day, b: Day| holds(a.0, b.0))
            .register_fn(sign, |_: Day, _: &str| no_day())
            .register_fn(sign, |_: &str, _: Day| no_day())
            .register_fn(sign, |_: Day, _: INT| no_day())
            .register_fn(sign, |_: INT, _: Day| no_day())
            .register_fn(sign, |_: Day, _: Period| no_day())
            .register_fn(sign, |_: Period, _: Day| no_day())
            .register_fn(sign, |_: Period, _: Period| no_number())
            .register_fn(sign, |_: Period, _: INT| no_number())
            .register_fn(sign, |_: INT, _: Period| no_number())
            .register_fn(sign, |_: Period, _: Decimal| no_number())
            .register_fn(sign, |_: Decimal, _: Period| no_number());
    }
}

/// Rhai would say that values of two types are never the same, and mistakes would look like answers.
fn not_alike() -> Given<bool> {
    fault(text!(
        "an amount is compared with a number: write `money(500, \"EUR\")`, or compare its `.amount`",
        "un montant est comparé à un nombre : écrivez `money(500, \"EUR\")`, ou comparez son `.amount`"
    ))
}

fn no_day() -> Given<bool> {
    fault(text!(
        "a date is compared with something else: write `date(\"2026-12-24\")`, or compare the days between two dates",
        "une date est comparée à autre chose : écrivez `date(\"2026-12-24\")`, ou comparez les jours entre deux dates"
    ))
}

fn no_number() -> Given<bool> {
    fault(text!(
        "a period is compared: the days between two dates are a whole number, so write `today - invoice.due > 3`",
        "une durée est comparée : les jours entre deux dates sont un nombre entier, écrivez donc `today - invoice.due > 3`"
    ))
}

fn days(engine: &mut Engine) {
    engine
        .register_fn("-", |a: Day, b: Day| -> INT { (a.0 - b.0).num_days() })
        .register_fn("+", |a: Day, p: Period| moved(a, p, 1))
        .register_fn("-", |a: Day, p: Period| moved(a, p, -1))
        .register_fn("to_string", |a: &mut Day| a.0.to_string());
}

fn moved(day: Day, period: Period, sign: i64) -> Given<Day> {
    let count = sign * i64::from(period.count);
    let to = match period.unit {
        PeriodUnit::Days => plus_days(day.0, count),
        PeriodUnit::Weeks => plus_days(day.0, 7 * count),
        PeriodUnit::Months => plus_months(day.0, count),
        PeriodUnit::BusinessDays => {
            return fault(text!(
                "business days cannot be added to a date here",
                "des jours ouvrés ne peuvent pas être ajoutés à une date ici"
            ));
        }
    };
    Ok(Day(to))
}

//! Numbers: whole ones and exact decimals. There are no others.

use relance_dsl::money::Money;
use relance_dsl::text;
use rhai::INT;
use rust_decimal::prelude::ToPrimitive;
use rust_decimal::{Decimal, RoundingStrategy};

use super::{ALL, HostFunction};
use crate::hooks::failure::{Given, fault};

pub(super) const TABLE: &[HostFunction] = &[
    HostFunction {
        name: "abs",
        forms: &["abs(x: number) -> number", "abs(x: amount) -> amount"],
        profiles: ALL,
        doc: "The same without its sign.",
        doc_fr: "La même valeur sans son signe.",
        install: |engine| {
            engine
                .register_fn("abs", |x: INT| x.checked_abs().map_or_else(overflow, Ok))
                .register_fn("abs", |x: Decimal| x.abs())
                .register_fn("abs", |x: Money| Money::new(x.amount.abs(), x.currency));
        },
    },
    HostFunction {
        name: "min",
        forms: &["min(a: number, b: number) -> number"],
        profiles: ALL,
        doc: "The smaller one; two whole numbers give a whole number.",
        doc_fr: "Le plus petit ; deux nombres entiers donnent un nombre entier.",
        install: |engine| {
            engine
                .register_fn("min", |a: INT, b: INT| a.min(b))
                .register_fn("min", |a: Decimal, b: Decimal| a.min(b))
                .register_fn("min", |a: INT, b: Decimal| b.min(a.into()))
                .register_fn("min", |a: Decimal, b: INT| a.min(b.into()));
        },
    },
    HostFunction {
        name: "max",
        forms: &["max(a: number, b: number) -> number"],
        profiles: ALL,
        doc: "The larger one; two whole numbers give a whole number.",
        doc_fr: "Le plus grand ; deux nombres entiers donnent un nombre entier.",
        install: |engine| {
            engine
                .register_fn("max", |a: INT, b: INT| a.max(b))
                .register_fn("max", |a: Decimal, b: Decimal| a.max(b))
                .register_fn("max", |a: INT, b: Decimal| b.max(a.into()))
                .register_fn("max", |a: Decimal, b: INT| a.max(b.into()));
        },
    },
    HostFunction {
        name: "floor",
        forms: &["floor(x: number) -> whole"],
        profiles: ALL,
        doc: "The next whole number below, or the number itself when it is whole.",
        doc_fr: "Le nombre entier inférieur, ou le nombre lui-même s'il est entier.",
        install: |engine| {
            engine
                .register_fn("floor", |x: INT| x)
                .register_fn("floor", |x: Decimal| whole(x.floor()));
        },
    },
    HostFunction {
        name: "ceiling",
        forms: &["ceiling(x: number) -> whole"],
        profiles: ALL,
        doc: "The next whole number above, or the number itself when it is whole.",
        doc_fr: "Le nombre entier supérieur, ou le nombre lui-même s'il est entier.",
        install: |engine| {
            engine
                .register_fn("ceiling", |x: INT| x)
                .register_fn("ceiling", |x: Decimal| whole(x.ceil()));
        },
    },
    HostFunction {
        name: "round",
        forms: &[
            "round(x: number) -> whole",
            "round(x: amount) -> amount",
            "round(x: number, digits: whole) -> number",
        ],
        profiles: ALL,
        doc: "Rounded half away from zero: to a whole number, an amount to the smallest unit of its currency, or to so many digits after the point (0 to 10).",
        doc_fr: "Arrondi au plus proche, la moitié en s'éloignant de zéro : à l'entier, un montant à la plus petite unité de sa devise, ou à tant de décimales (0 à 10).",
        install: |engine| {
            engine
                .register_fn("round", |x: INT| x)
                .register_fn("round", |x: Decimal| whole(rounded(x, 0)))
                .register_fn("round", |x: Money| x.rounded())
                .register_fn("round", |x: INT, digits: INT| {
                    places(digits).map(|_| Decimal::from(x))
                })
                .register_fn("round", |x: Decimal, digits: INT| {
                    places(digits).map(|d| rounded(x, d))
                });
        },
    },
];

fn rounded(x: Decimal, digits: u32) -> Decimal {
    x.round_dp_with_strategy(digits, RoundingStrategy::MidpointAwayFromZero)
}

fn places(digits: INT) -> Given<u32> {
    match u32::try_from(digits) {
        Ok(digits) if digits <= 10 => Ok(digits),
        _ => fault(text!(
            "a number is rounded to 0 to 10 digits, not {digits}",
            "un nombre s'arrondit à 0 à 10 décimales, et non {digits}"
        )),
    }
}

fn whole(x: Decimal) -> Given<INT> {
    x.to_i64().map_or_else(overflow, Ok)
}

/// A result that no number of this kind can hold.
pub(super) fn overflow<T>() -> Given<T> {
    fault(text!(
        "the result is too large to be calculated with",
        "le résultat est trop grand pour être calculé"
    ))
}

//! Amounts of money.

use relance_dsl::money::{Currency, Money};
use relance_dsl::text;
use rhai::{Engine, INT};
use rust_decimal::Decimal;

use super::{ALL, HostFunction};
use crate::hooks::failure::{Given, fault};

pub(super) const TABLE: &[HostFunction] = &[HostFunction {
    name: "money",
    forms: &[
        "money(amount: number, currency: text) -> amount",
        "money(amount: text, currency: text) -> amount",
    ],
    profiles: ALL,
    doc: "An amount, as `money(500, \"EUR\")` or `money(\"10 000.50\", \"EUR\")`. In a text, spaces part groups of digits, and a point or comma the decimals.",
    doc_fr: "Un montant, comme `money(500, \"EUR\")` ou `money(\"10 000,50\", \"EUR\")`. Dans un texte, des espaces séparent les groupes de chiffres, et un point ou une virgule les décimales.",
    install: |engine: &mut Engine| {
        engine
            .register_type_with_name::<Money>("amount")
            .register_get("amount", |m: &mut Money| m.amount)
            .register_get("currency", |m: &mut Money| m.currency.code().to_owned())
            .register_fn("money", |amount: INT, code: &str| money(amount.into(), code))
            .register_fn("money", |amount: Decimal, code: &str| money(amount, code))
            .register_fn("money", |amount: &str, code: &str| money(written(amount)?, code));
    },
}];

fn money(amount: Decimal, code: &str) -> Given<Money> {
    match Currency::new(code) {
        Ok(currency) => Ok(Money::new(amount, currency)),
        Err(_) => fault(text!(
            "`{code}` is no currency: three capital letters, as `EUR`",
            "`{code}` n'est pas une devise : trois majuscules, comme `EUR`"
        )),
    }
}

/// Reads `10 000.50`.
fn written(amount: &str) -> Given<Decimal> {
    const LONGEST: usize = 40;
    let plain: String = amount
        .chars()
        .take(LONGEST)
        .filter(|c| !c.is_whitespace())
        .map(|c| if c == ',' { '.' } else { c })
        .collect();
    // Three digits after the only point or comma may as well be a group of thousands.
    let ambiguous = plain
        .split_once('.')
        .is_some_and(|(_, decimals)| decimals.len() == 3);
    let simple = plain.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    match Decimal::from_str_exact(&plain) {
        Ok(amount) if simple && !ambiguous => Ok(amount),
        _ => fault(text!(
            "`{plain}` cannot be read as an amount: write it as `10 000.50`",
            "`{plain}` ne se lit pas comme un montant : écrivez-le comme `10 000,50`"
        )),
    }
}

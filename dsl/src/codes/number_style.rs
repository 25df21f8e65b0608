//! RL0015: number in another style.

use super::{Code, Words};

/// RL0015: number in another style.
pub const NUMBER_STYLE: Code = Code {
    code: "RL0015",
    title: Words::new("number in another style", "nombre dans un autre style"),
    what: Words::new(
        "A number has its decimals or thousands marked in another style, or too many digits.",
        "Les décimales ou les milliers d'un nombre sont marqués dans un autre style, ou il a trop de chiffres.",
    ),
    why: Words::new(
        "`1.000` is a thousand in Paris and one in London.",
        "`1.000` vaut mille à Paris et un à Londres.",
    ),
    bad: "key when account.overdue >= 1.000,00 EUR",
    good: "key when account.overdue >= 1 000.00 EUR",
};

//! RL0108: calculation with unfit values.

use super::{Code, Words};

/// RL0108: calculation with unfit values.
pub const NOT_CALCULABLE: Code = Code {
    code: "RL0108",
    title: Words::new(
        "calculation with unfit values",
        "calcul de valeurs qui ne vont pas ensemble",
    ),
    what: Words::new(
        "A calculation joins values that do not fit.",
        "Un calcul réunit des valeurs qui ne vont pas ensemble.",
    ),
    why: Words::new(
        "An amount times an amount means nothing.",
        "Un montant multiplié par un montant ne veut rien dire.",
    ),
    bad: "key when account.overdue * account.revenue_12m > 5 EUR",
    good: "key when account.overdue * 2 > 5 EUR",
};

//! RL0105: not a condition.

use super::{Code, Words};

/// RL0105: not a condition.
pub const NOT_A_CONDITION: Code = Code {
    code: "RL0105",
    title: Words::new("not a condition", "pas une condition"),
    what: Words::new(
        "A value stands where a condition is needed.",
        "Une valeur figure là où il faut une condition.",
    ),
    why: Words::new(
        "An amount neither holds nor fails.",
        "Un montant n'est ni vrai ni faux.",
    ),
    bad: "key when account.overdue",
    good: "key when account.overdue >= 500 EUR",
};

//! RL0106: unknown value.

use super::{Code, Words};

/// RL0106: unknown value.
pub const UNKNOWN_VALUE: Code = Code {
    code: "RL0106",
    title: Words::new("unknown value", "valeur inconnue"),
    what: Words::new(
        "A fact is compared with a value that it can never have.",
        "Une donnée est comparée à une valeur qu'elle ne peut jamais avoir.",
    ),
    why: Words::new(
        "The condition would never hold.",
        "La condition ne serait jamais vraie.",
    ),
    bad: "state when customer.kind is pubic",
    good: "state when customer.kind is public",
};

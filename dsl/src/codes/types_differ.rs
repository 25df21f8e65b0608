//! RL0103: two kinds of values compared.

use super::{Code, Words};

/// RL0103: two kinds of values compared.
pub const TYPES_DIFFER: Code = Code {
    code: "RL0103",
    title: Words::new("two kinds of values compared", "deux sortes de valeurs comparées"),
    what: Words::new(
        "Values of two kinds are compared.",
        "Des valeurs de deux sortes sont comparées.",
    ),
    why: Words::new(
        "The comparison would never hold.",
        "La comparaison ne serait jamais vraie.",
    ),
    bad: "key when account.open_invoices >= 5 EUR",
    good: "key when account.open_invoices >= 5",
};

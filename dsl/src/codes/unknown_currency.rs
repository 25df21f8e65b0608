//! RL0107: unknown currency.

use super::{Code, Words};

/// RL0107: unknown currency.
pub const UNKNOWN_CURRENCY: Code = Code {
    code: "RL0107",
    title: Words::new("unknown currency", "devise inconnue"),
    what: Words::new(
        "A currency code does not exist.",
        "Un code de devise n'existe pas.",
    ),
    why: Words::new(
        "No invoice could be in it.",
        "Aucune facture ne pourrait être dans cette devise.",
    ),
    bad: "key when account.overdue >= 500 EUX",
    good: "key when account.overdue >= 500 EUR",
};

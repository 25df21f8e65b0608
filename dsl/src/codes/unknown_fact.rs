//! RL0101: unknown fact.

use super::{Code, Words};

/// RL0101: unknown fact.
pub const UNKNOWN_FACT: Code = Code {
    code: "RL0101",
    title: Words::new("unknown fact", "donnée inconnue"),
    what: Words::new(
        "A condition asks for a fact that does not exist.",
        "Une condition demande une donnée qui n'existe pas.",
    ),
    why: Words::new("It would never hold.", "Elle ne serait jamais vraie."),
    bad: "key when account.overdu >= 500 EUR",
    good: "key when account.overdue >= 500 EUR",
};

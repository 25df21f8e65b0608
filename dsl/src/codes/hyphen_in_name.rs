//! RL0026: hyphen in a name.

use super::{Code, Words};

/// RL0026: hyphen in a name.
pub const HYPHEN_IN_NAME: Code = Code {
    code: "RL0026",
    title: Words::new("hyphen in a name", "trait d'union dans un nom"),
    what: Words::new("A name has a hyphen.", "Un nom contient un trait d'union."),
    why: Words::new(
        "A hyphen could be a minus sign.",
        "Un trait d'union pourrait être un signe moins.",
    ),
    bad: "key-accounts when account.overdue >= 500 EUR",
    good: "key_accounts when account.overdue >= 500 EUR",
};

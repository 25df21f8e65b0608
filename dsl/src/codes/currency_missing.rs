//! RL0034: amount without a currency.

use super::{Code, Words};

/// RL0034: amount without a currency.
pub const CURRENCY_MISSING: Code = Code {
    code: "RL0034",
    title: Words::new("amount without a currency", "montant sans devise"),
    what: Words::new("An amount has no currency.", "Un montant n'a pas de devise."),
    why: Words::new(
        "Amounts in two currencies are never compared without a rate, so the currency must be known.",
        "Des montants en deux devises ne se comparent jamais sans taux de change : il faut connaître la devise.",
    ),
    bad: "key when account.overdue >= 500",
    good: "key when account.overdue >= 500 EUR",
};

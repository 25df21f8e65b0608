//! RL0034: amount without a currency.

use super::Code;

/// RL0034: amount without a currency.
pub const CURRENCY_MISSING: Code = Code {
    code: "RL0034",
    title: "amount without a currency",
    what: "An amount has no currency.",
    why: "Amounts in two currencies are never compared without a rate, so the currency must be known.",
    bad: "key when account.overdue >= 500",
    good: "key when account.overdue >= 500 EUR",
};

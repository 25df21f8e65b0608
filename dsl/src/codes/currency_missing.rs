//! RL0034: amount without a currency.

use super::Code;

/// RL0034: amount without a currency.
pub const CURRENCY_MISSING: Code = Code {
    code: "RL0034",
    title: "amount without a currency",
    what: "",
    why: "",
    bad: "",
    good: "",
};

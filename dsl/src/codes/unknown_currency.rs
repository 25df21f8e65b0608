//! RL0107: unknown currency.

use super::Code;

/// RL0107: unknown currency.
pub const UNKNOWN_CURRENCY: Code = Code {
    code: "RL0107",
    title: "unknown currency",
    what: "A currency code does not exist.",
    why: "No invoice could be in it.",
    bad: "key when account.overdue >= 500 EUX",
    good: "key when account.overdue >= 500 EUR",
};

//! RL0107: unknown currency.

use super::Code;

/// RL0107: unknown currency.
pub const UNKNOWN_CURRENCY: Code = Code {
    code: "RL0107",
    title: "unknown currency",
    what: "",
    why: "",
    bad: "",
    good: "",
};

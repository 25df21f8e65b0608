//! RL0101: unknown fact.

use super::Code;

/// RL0101: unknown fact.
pub const UNKNOWN_FACT: Code = Code {
    code: "RL0101",
    title: "unknown fact",
    what: "A condition asks for a fact that does not exist.",
    why: "It would never hold.",
    bad: "key when account.overdu >= 500 EUR",
    good: "key when account.overdue >= 500 EUR",
};

//! RL0105: not a condition.

use super::Code;

/// RL0105: not a condition.
pub const NOT_A_CONDITION: Code = Code {
    code: "RL0105",
    title: "not a condition",
    what: "A value stands where a condition is needed.",
    why: "An amount neither holds nor fails.",
    bad: "key when account.overdue",
    good: "key when account.overdue >= 500 EUR",
};

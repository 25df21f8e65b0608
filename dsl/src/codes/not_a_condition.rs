//! RL0105: not a condition.

use super::Code;

/// RL0105: not a condition.
pub const NOT_A_CONDITION: Code = Code {
    code: "RL0105",
    title: "not a condition",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0113: condition on a constant.

use super::Code;

/// RL0113: condition on a constant.
pub const CONSTANT_CONDITION: Code = Code {
    code: "RL0113",
    title: "condition on a constant",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0029: period out of bounds.

use super::Code;

/// RL0029: period out of bounds.
pub const PERIOD_OUT_OF_BOUNDS: Code = Code {
    code: "RL0029",
    title: "period out of bounds",
    what: "",
    why: "",
    bad: "",
    good: "",
};

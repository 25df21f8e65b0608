//! RL0412: limit out of bounds.

use super::Code;

/// RL0412: limit out of bounds.
pub const LIMIT_OUT_OF_BOUNDS: Code = Code {
    code: "RL0412",
    title: "limit out of bounds",
    what: "",
    why: "",
    bad: "",
    good: "",
};

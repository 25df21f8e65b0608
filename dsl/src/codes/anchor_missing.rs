//! RL0009: before or after what.

use super::Code;

/// RL0009: before or after what.
pub const ANCHOR_MISSING: Code = Code {
    code: "RL0009",
    title: "before or after what",
    what: "",
    why: "",
    bad: "",
    good: "",
};

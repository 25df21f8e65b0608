//! RL0005: brace too many.

use super::Code;

/// RL0005: brace too many.
pub const BRACE_TOO_MANY: Code = Code {
    code: "RL0005",
    title: "brace too many",
    what: "",
    why: "",
    bad: "",
    good: "",
};

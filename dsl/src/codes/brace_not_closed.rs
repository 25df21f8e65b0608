//! RL0004: brace not closed.

use super::Code;

/// RL0004: brace not closed.
pub const BRACE_NOT_CLOSED: Code = Code {
    code: "RL0004",
    title: "brace not closed",
    what: "",
    why: "",
    bad: "",
    good: "",
};

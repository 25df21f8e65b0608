//! RL0019: unknown statement.

use super::Code;

/// RL0019: unknown statement.
pub const UNKNOWN_STATEMENT: Code = Code {
    code: "RL0019",
    title: "unknown statement",
    what: "",
    why: "",
    bad: "",
    good: "",
};

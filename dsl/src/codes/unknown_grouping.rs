//! RL0033: unknown grouping.

use super::Code;

/// RL0033: unknown grouping.
pub const UNKNOWN_GROUPING: Code = Code {
    code: "RL0033",
    title: "unknown grouping",
    what: "",
    why: "",
    bad: "",
    good: "",
};

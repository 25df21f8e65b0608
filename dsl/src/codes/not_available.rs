//! RL0014: not available in this version.

use super::Code;

/// RL0014: not available in this version.
pub const NOT_AVAILABLE: Code = Code {
    code: "RL0014",
    title: "not available in this version",
    what: "",
    why: "",
    bad: "",
    good: "",
};

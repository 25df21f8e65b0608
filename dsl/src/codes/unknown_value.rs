//! RL0106: unknown value.

use super::Code;

/// RL0106: unknown value.
pub const UNKNOWN_VALUE: Code = Code {
    code: "RL0106",
    title: "unknown value",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0030: unknown unit of time.

use super::Code;

/// RL0030: unknown unit of time.
pub const UNKNOWN_UNIT: Code = Code {
    code: "RL0030",
    title: "unknown unit of time",
    what: "",
    why: "",
    bad: "",
    good: "",
};

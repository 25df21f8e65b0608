//! RL0031: unknown day or month.

use super::Code;

/// RL0031: unknown day or month.
pub const UNKNOWN_DAY: Code = Code {
    code: "RL0031",
    title: "unknown day or month",
    what: "",
    why: "",
    bad: "",
    good: "",
};

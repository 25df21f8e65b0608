//! RL0101: unknown fact.

use super::Code;

/// RL0101: unknown fact.
pub const UNKNOWN_FACT: Code = Code {
    code: "RL0101",
    title: "unknown fact",
    what: "",
    why: "",
    bad: "",
    good: "",
};

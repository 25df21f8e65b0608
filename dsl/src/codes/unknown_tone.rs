//! RL0406: unknown tone.

use super::Code;

/// RL0406: unknown tone.
pub const UNKNOWN_TONE: Code = Code {
    code: "RL0406",
    title: "unknown tone",
    what: "",
    why: "",
    bad: "",
    good: "",
};

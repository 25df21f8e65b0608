//! RL0003: not understood.

use super::Code;

/// RL0003: not understood.
pub const NOT_UNDERSTOOD: Code = Code {
    code: "RL0003",
    title: "not understood",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0002: nested too deep.

use super::Code;

/// RL0002: nested too deep.
pub const NESTED_TOO_DEEP: Code = Code {
    code: "RL0002",
    title: "nested too deep",
    what: "",
    why: "",
    bad: "",
    good: "",
};

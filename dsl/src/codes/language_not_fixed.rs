//! RL0402: last language not fixed.

use super::Code;

/// RL0402: last language not fixed.
pub const LANGUAGE_NOT_FIXED: Code = Code {
    code: "RL0402",
    title: "last language not fixed",
    what: "",
    why: "",
    bad: "",
    good: "",
};

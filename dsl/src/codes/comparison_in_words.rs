//! RL0027: comparison in words.

use super::Code;

/// RL0027: comparison in words.
pub const COMPARISON_IN_WORDS: Code = Code {
    code: "RL0027",
    title: "comparison in words",
    what: "",
    why: "",
    bad: "",
    good: "",
};

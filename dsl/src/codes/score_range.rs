//! RL0301: score range.

use super::Code;

/// RL0301: score range.
pub const SCORE_RANGE: Code = Code {
    code: "RL0301",
    title: "score range",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0115: length of time in the wrong place.

use super::Code;

/// RL0115: length of time in the wrong place.
pub const DURATION_MISPLACED: Code = Code {
    code: "RL0115",
    title: "length of time in the wrong place",
    what: "",
    why: "",
    bad: "",
    good: "",
};

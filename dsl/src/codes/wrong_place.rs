//! RL0020: statement in the wrong place.

use super::Code;

/// RL0020: statement in the wrong place.
pub const WRONG_PLACE: Code = Code {
    code: "RL0020",
    title: "statement in the wrong place",
    what: "",
    why: "",
    bad: "",
    good: "",
};

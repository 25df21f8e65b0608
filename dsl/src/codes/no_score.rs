//! RL0114: no score declared.

use super::Code;

/// RL0114: no score declared.
pub const NO_SCORE: Code = Code {
    code: "RL0114",
    title: "no score declared",
    what: "",
    why: "",
    bad: "",
    good: "",
};

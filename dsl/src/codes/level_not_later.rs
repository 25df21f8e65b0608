//! RL0504: level not later than the one before.

use super::Code;

/// RL0504: level not later than the one before.
pub const LEVEL_NOT_LATER: Code = Code {
    code: "RL0504",
    title: "level not later than the one before",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0022: level without a number.

use super::Code;

/// RL0022: level without a number.
pub const LEVEL_NUMBER_MISSING: Code = Code {
    code: "RL0022",
    title: "level without a number",
    what: "",
    why: "",
    bad: "",
    good: "",
};

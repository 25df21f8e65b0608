//! RL0008: unit of time forgotten.

use super::Code;

/// RL0008: unit of time forgotten.
pub const UNIT_FORGOTTEN: Code = Code {
    code: "RL0008",
    title: "unit of time forgotten",
    what: "",
    why: "",
    bad: "",
    good: "",
};

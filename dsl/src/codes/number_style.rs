//! RL0015: number in another style.

use super::Code;

/// RL0015: number in another style.
pub const NUMBER_STYLE: Code = Code {
    code: "RL0015",
    title: "number in another style",
    what: "",
    why: "",
    bad: "",
    good: "",
};

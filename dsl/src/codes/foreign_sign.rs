//! RL0011: sign of another language.

use super::Code;

/// RL0011: sign of another language.
pub const FOREIGN_SIGN: Code = Code {
    code: "RL0011",
    title: "sign of another language",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0010: equals sign for is.

use super::Code;

/// RL0010: equals sign for is.
pub const EQUALS_SIGN: Code = Code {
    code: "RL0010",
    title: "equals sign for is",
    what: "",
    why: "",
    bad: "",
    good: "",
};

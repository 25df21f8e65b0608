//! RL0507: reserved name.

use super::Code;

/// RL0507: reserved name.
pub const RESERVED_NAME: Code = Code {
    code: "RL0507",
    title: "reserved name",
    what: "",
    why: "",
    bad: "",
    good: "",
};

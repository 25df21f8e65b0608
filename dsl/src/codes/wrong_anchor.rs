//! RL0502: counted from the wrong thing.

use super::Code;

/// RL0502: counted from the wrong thing.
pub const WRONG_ANCHOR: Code = Code {
    code: "RL0502",
    title: "counted from the wrong thing",
    what: "",
    why: "",
    bad: "",
    good: "",
};

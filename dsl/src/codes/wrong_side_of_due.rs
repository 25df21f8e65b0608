//! RL0503: wrong side of the due date.

use super::Code;

/// RL0503: wrong side of the due date.
pub const WRONG_SIDE_OF_DUE: Code = Code {
    code: "RL0503",
    title: "wrong side of the due date",
    what: "",
    why: "",
    bad: "",
    good: "",
};

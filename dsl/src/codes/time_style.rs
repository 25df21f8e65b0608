//! RL0018: time in another style.

use super::Code;

/// RL0018: time in another style.
pub const TIME_STYLE: Code = Code {
    code: "RL0018",
    title: "time in another style",
    what: "",
    why: "",
    bad: "",
    good: "",
};

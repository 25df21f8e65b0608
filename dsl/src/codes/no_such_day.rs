//! RL0702: no such day.

use super::Code;

/// RL0702: no such day.
pub const NO_SUCH_DAY: Code = Code {
    code: "RL0702",
    title: "no such day",
    what: "",
    why: "",
    bad: "",
    good: "",
};

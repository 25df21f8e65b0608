//! RL0017: date in another style.

use super::Code;

/// RL0017: date in another style.
pub const DATE_STYLE: Code = Code {
    code: "RL0017",
    title: "date in another style",
    what: "",
    why: "",
    bad: "",
    good: "",
};

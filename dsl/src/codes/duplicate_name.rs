//! RL0201: name used twice.

use super::Code;

/// RL0201: name used twice.
pub const DUPLICATE_NAME: Code = Code {
    code: "RL0201",
    title: "name used twice",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0001: file too large.

use super::Code;

/// RL0001: file too large.
pub const FILE_TOO_LARGE: Code = Code {
    code: "RL0001",
    title: "file too large",
    what: "",
    why: "",
    bad: "",
    good: "",
};

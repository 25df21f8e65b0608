//! RL0001: file too large.

use super::Code;

/// RL0001: file too large.
pub const FILE_TOO_LARGE: Code = Code {
    code: "RL0001",
    title: "file too large",
    what: "A rule file is larger than 1 MiB.",
    why: "No rule file written by people is that large; something else lies in the folder.",
    bad: "",
    good: "",
};

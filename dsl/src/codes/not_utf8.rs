//! RL0909: not UTF-8.

use super::Code;

/// RL0909: not UTF-8.
pub const NOT_UTF8: Code = Code {
    code: "RL0909",
    title: "not UTF-8",
    what: "A file holds a character that is not UTF-8: it was saved in another encoding, as Windows-1252.",
    why: "What the character was cannot be known, and it would stand wrong in messages.",
    bad: "",
    good: "",
};

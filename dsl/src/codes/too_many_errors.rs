//! RL0028: too many errors.

use super::Code;

/// RL0028: too many errors.
pub const TOO_MANY_ERRORS: Code = Code {
    code: "RL0028",
    title: "too many errors",
    what: "A file has more errors than are shown.",
    why: "The first ones often cause the others.",
    bad: "",
    good: "",
};

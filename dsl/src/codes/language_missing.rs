//! RL0401: language missing.

use super::Code;

/// RL0401: language missing.
pub const LANGUAGE_MISSING: Code = Code {
    code: "RL0401",
    title: "language missing",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0403: unknown language.

use super::Code;

/// RL0403: unknown language.
pub const UNKNOWN_LANGUAGE: Code = Code {
    code: "RL0403",
    title: "unknown language",
    what: "",
    why: "",
    bad: "",
    good: "",
};

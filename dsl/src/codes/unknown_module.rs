//! RL0801: unknown module.

use super::Code;

/// RL0801: unknown module.
pub const UNKNOWN_MODULE: Code = Code {
    code: "RL0801",
    title: "unknown module",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0112: number without its percent sign.

use super::Code;

/// RL0112: number without its percent sign.
pub const PERCENT_MISSING: Code = Code {
    code: "RL0112",
    title: "number without its percent sign",
    what: "",
    why: "",
    bad: "",
    good: "",
};

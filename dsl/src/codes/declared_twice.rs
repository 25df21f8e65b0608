//! RL0202: block written twice.

use super::Code;

/// RL0202: block written twice.
pub const DECLARED_TWICE: Code = Code {
    code: "RL0202",
    title: "block written twice",
    what: "",
    why: "",
    bad: "",
    good: "",
};

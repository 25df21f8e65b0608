//! RL0021: name missing.

use super::Code;

/// RL0021: name missing.
pub const NAME_MISSING: Code = Code {
    code: "RL0021",
    title: "name missing",
    what: "",
    why: "",
    bad: "",
    good: "",
};

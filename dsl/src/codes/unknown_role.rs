//! RL0603: unknown role.

use super::Code;

/// RL0603: unknown role.
pub const UNKNOWN_ROLE: Code = Code {
    code: "RL0603",
    title: "unknown role",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0703: calendar that is never open.

use super::Code;

/// RL0703: calendar that is never open.
pub const NEVER_OPEN: Code = Code {
    code: "RL0703",
    title: "calendar that is never open",
    what: "",
    why: "",
    bad: "",
    good: "",
};

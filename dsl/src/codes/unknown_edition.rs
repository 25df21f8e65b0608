//! RL0802: unknown edition.

use super::Code;

/// RL0802: unknown edition.
pub const UNKNOWN_EDITION: Code = Code {
    code: "RL0802",
    title: "unknown edition",
    what: "",
    why: "",
    bad: "",
    good: "",
};

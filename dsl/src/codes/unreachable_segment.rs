//! RL0204: segment that nobody reaches.

use super::Code;

/// RL0204: segment that nobody reaches.
pub const UNREACHABLE_SEGMENT: Code = Code {
    code: "RL0204",
    title: "segment that nobody reaches",
    what: "",
    why: "",
    bad: "",
    good: "",
};

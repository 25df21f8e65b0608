//! RL0206: unknown segment.

use super::Code;

/// RL0206: unknown segment.
pub const UNKNOWN_SEGMENT: Code = Code {
    code: "RL0206",
    title: "unknown segment",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0203: no segments.

use super::Code;

/// RL0203: no segments.
pub const NO_SEGMENTS: Code = Code {
    code: "RL0203",
    title: "no segments",
    what: "",
    why: "",
    bad: "",
    good: "",
};

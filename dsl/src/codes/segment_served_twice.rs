//! RL0207: segment served twice.

use super::Code;

/// RL0207: segment served twice.
pub const SEGMENT_SERVED_TWICE: Code = Code {
    code: "RL0207",
    title: "segment served twice",
    what: "",
    why: "",
    bad: "",
    good: "",
};

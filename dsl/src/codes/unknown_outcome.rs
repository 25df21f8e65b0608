//! RL0513: unknown outcome of a call.

use super::Code;

/// RL0513: unknown outcome of a call.
pub const UNKNOWN_OUTCOME: Code = Code {
    code: "RL0513",
    title: "unknown outcome of a call",
    what: "Something follows an outcome that a call cannot have.",
    why: "It would never happen.",
    bad: "level 1 call 8 days after due { call on busy retry after 1 day }",
    good: "level 1 call 8 days after due { call on no_answer retry after 1 day }",
};

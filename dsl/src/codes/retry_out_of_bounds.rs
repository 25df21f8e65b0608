//! RL0514: retry out of bounds.

use super::Code;

/// RL0514: retry out of bounds.
pub const RETRY_OUT_OF_BOUNDS: Code = Code {
    code: "RL0514",
    title: "retry out of bounds",
    what: "A call is tried again at once, or more than twenty times.",
    why: "The customer would feel harassed.",
    bad: "level 1 call 8 days after due { call on no_answer retry after 1 day, at most 50 times }",
    good: "level 1 call 8 days after due { call on no_answer retry after 1 day, at most 2 times }",
};

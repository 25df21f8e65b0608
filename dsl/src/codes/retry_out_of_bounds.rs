//! RL0514: retry out of bounds.

use super::{Code, Words};

/// RL0514: retry out of bounds.
pub const RETRY_OUT_OF_BOUNDS: Code = Code {
    code: "RL0514",
    title: Words::new("retry out of bounds", "nouvel essai hors limites"),
    what: Words::new(
        "A call is tried again at once, or more than twenty times.",
        "Un appel est retenté aussitôt, ou plus de vingt fois.",
    ),
    why: Words::new(
        "The customer would feel harassed.",
        "Le client se sentirait harcelé.",
    ),
    bad: "level 1 call 8 days after due { call on no_answer retry after 1 day, at most 50 times }",
    good: "level 1 call 8 days after due { call on no_answer retry after 1 day, at most 2 times }",
};

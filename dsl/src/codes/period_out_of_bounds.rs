//! RL0029: period out of bounds.

use super::Code;

/// RL0029: period out of bounds.
pub const PERIOD_OUT_OF_BOUNDS: Code = Code {
    code: "RL0029",
    title: "period out of bounds",
    what: "A length of time is not a whole number, or is longer than ten years.",
    why: "It is most likely a slip.",
    bad: "level 1 reminder 30000 days after due { email template reminder }",
    good: "level 1 reminder 30 days after due { email template reminder }",
};

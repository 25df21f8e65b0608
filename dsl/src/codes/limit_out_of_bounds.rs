//! RL0412: limit out of bounds.

use super::Code;

/// RL0412: limit out of bounds.
pub const LIMIT_OUT_OF_BOUNDS: Code = Code {
    code: "RL0412",
    title: "limit out of bounds",
    what: "A limit allows no message, or its period is empty.",
    why: "Nothing would be sent, or there would be no limit.",
    bad: "limit 0 messages per 5 days",
    good: "limit 1 message per 5 days",
};

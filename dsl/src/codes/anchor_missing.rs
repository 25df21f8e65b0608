//! RL0009: before or after what.

use super::Code;

/// RL0009: before or after what.
pub const ANCHOR_MISSING: Code = Code {
    code: "RL0009",
    title: "before or after what",
    what: "A step does not say what its time counts from.",
    why: "A step needs a day to count from: the due date, or the level before it.",
    bad: "level 1 reminder 8 days after { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

//! RL0022: level without a number.

use super::Code;

/// RL0022: level without a number.
pub const LEVEL_NUMBER_MISSING: Code = Code {
    code: "RL0022",
    title: "level without a number",
    what: "The word `level` is not followed by a number.",
    why: "The numbers say in which order levels come.",
    bad: "level reminder 8 days after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

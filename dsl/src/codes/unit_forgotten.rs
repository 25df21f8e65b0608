//! RL0008: unit of time forgotten.

use super::Code;

/// RL0008: unit of time forgotten.
pub const UNIT_FORGOTTEN: Code = Code {
    code: "RL0008",
    title: "unit of time forgotten",
    what: "A number stands where a length of time is needed.",
    why: "Eight days and eight business days are not the same.",
    bad: "level 1 reminder 8 after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

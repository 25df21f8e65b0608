//! RL0014: not available in this version.

use super::Code;

/// RL0014: not available in this version.
pub const NOT_AVAILABLE: Code = Code {
    code: "RL0014",
    title: "not available in this version",
    what: "A form of the language is used that this version does not have.",
    why: "It is refused rather than passed over, so that nobody counts on it.",
    bad: "level 1 reminder 8 days after due { sms template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

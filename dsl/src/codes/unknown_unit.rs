//! RL0030: unknown unit of time.

use super::Code;

/// RL0030: unknown unit of time.
pub const UNKNOWN_UNIT: Code = Code {
    code: "RL0030",
    title: "unknown unit of time",
    what: "A length of time has a unit that the language does not know.",
    why: "Steps are planned by the day.",
    bad: "level 1 reminder 48 hours after due { email template reminder }",
    good: "level 1 reminder 2 days after due { email template reminder }",
};

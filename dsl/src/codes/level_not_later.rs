//! RL0504: level not later than the one before.

use super::Code;

/// RL0504: level not later than the one before.
pub const LEVEL_NOT_LATER: Code = Code {
    code: "RL0504",
    title: "level not later than the one before",
    what: "Two levels count from the due date, and the later one is not later.",
    why: "Both would be due on one day.",
    bad: "level 1 reminder 10 days after due { email template reminder }
level 2 final 7 days after due { email template final_reminder }",
    good: "level 1 reminder 7 days after due { email template reminder }
level 2 final 10 days after due { email template final_reminder }",
};

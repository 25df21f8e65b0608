//! RL0502: counted from the wrong thing.

use super::Code;

/// RL0502: counted from the wrong thing.
pub const WRONG_ANCHOR: Code = Code {
    code: "RL0502",
    title: "counted from the wrong thing",
    what: "A level counts from something other than the due date or the level before it.",
    why: "Levels never bunch: each waits for the one before it.",
    bad: "level 1 reminder 3 days after due { email template reminder }
level 2 final 8 days after reminder { email template final_reminder }",
    good: "level 1 reminder 3 days after due { email template reminder }
level 2 final 8 days after level 1 { email template final_reminder }",
};

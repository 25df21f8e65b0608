//! RL0501: level out of order.

use super::Code;

/// RL0501: level out of order.
pub const LEVEL_OUT_OF_ORDER: Code = Code {
    code: "RL0501",
    title: "level out of order",
    what: "Levels are not numbered 1, 2, 3 in the order in which they stand.",
    why: "Each level follows the one before it, so a gap would stop dunning.",
    bad: "level 1 reminder 3 days after due { email template reminder }
level 3 final 8 days after level 1 { email template final_reminder }",
    good: "level 1 reminder 3 days after due { email template reminder }
level 2 final 8 days after level 1 { email template final_reminder }",
};

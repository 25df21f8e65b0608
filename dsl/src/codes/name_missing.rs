//! RL0021: name missing.

use super::Code;

/// RL0021: name missing.
pub const NAME_MISSING: Code = Code {
    code: "RL0021",
    title: "name missing",
    what: "A step or a level has no name.",
    why: "Its name is shown in reasons, and keeps the place of running cases when rules change.",
    bad: "level 1 8 days after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

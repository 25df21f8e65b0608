//! RL0506: step that does nothing.

use super::Code;

/// RL0506: step that does nothing.
pub const STEP_WITHOUT_ACTS: Code = Code {
    code: "RL0506",
    title: "step that does nothing",
    what: "A step has nothing between its braces.",
    why: "It would count as done without anything having happened.",
    bad: "level 1 reminder 8 days after due { }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

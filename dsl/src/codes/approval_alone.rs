//! RL0515: approval of nothing.

use super::Code;

/// RL0515: approval of nothing.
pub const APPROVAL_ALONE: Code = Code {
    code: "RL0515",
    title: "approval of nothing",
    what: "Somebody is asked to approve, and nothing else is done.",
    why: "There is nothing to approve.",
    bad: "level 1 notice 8 days after due { approve by collector }",
    good: "level 1 notice 8 days after due { email template reminder; approve by collector }",
};

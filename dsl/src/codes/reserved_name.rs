//! RL0507: reserved name.

use super::Code;

/// RL0507: reserved name.
pub const RESERVED_NAME: Code = Code {
    code: "RL0507",
    title: "reserved name",
    what: "A step is called `thanks`.",
    why: "That is the name under which thanks for a payment are kept.",
    bad: "level 1 thanks 8 days after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

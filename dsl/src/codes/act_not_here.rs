//! RL0511: act that cannot stand here.

use super::Code;

/// RL0511: act that cannot stand here.
pub const ACT_NOT_HERE: Code = Code {
    code: "RL0511",
    title: "act that cannot stand here",
    what: "Something is done where it makes no sense: a plan is cancelled outside of `plans`, dunning continues inside a step ...",
    why: "It would do nothing, or the wrong thing.",
    bad: "level 1 reminder 8 days after due { email template reminder; cancel plan }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

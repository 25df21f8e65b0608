//! RL0207: segment served twice.

use super::Code;

/// RL0207: segment served twice.
pub const SEGMENT_SERVED_TWICE: Code = Code {
    code: "RL0207",
    title: "segment served twice",
    what: "Two scenarios are for the same segment.",
    why: "A customer would be reminded twice.",
    bad: "segments { small otherwise }
scenario a for small { language fr dunning { level 1 reminder 8 days after due { email template reminder } } }
scenario b for small { language fr dunning { level 1 reminder 9 days after due { email template reminder } } }",
    good: "segments { small otherwise }
scenario a for small { language fr dunning { level 1 reminder 8 days after due { email template reminder } } }",
};

//! RL0207: segment served twice.

use super::{Code, Words};

/// RL0207: segment served twice.
pub const SEGMENT_SERVED_TWICE: Code = Code {
    code: "RL0207",
    title: Words::new(
        "segment served twice",
        "segment servi deux fois",
    ),
    what: Words::new(
        "Two scenarios are for the same segment.",
        "Deux scénarios sont pour le même segment.",
    ),
    why: Words::new(
        "A customer would be reminded twice.",
        "Un client serait relancé deux fois.",
    ),
    bad: "segments { small otherwise }
scenario a for small { language fr dunning { level 1 reminder 8 days after due { email template reminder } } }
scenario b for small { language fr dunning { level 1 reminder 9 days after due { email template reminder } } }",
    good: "segments { small otherwise }
scenario a for small { language fr dunning { level 1 reminder 8 days after due { email template reminder } } }",
};

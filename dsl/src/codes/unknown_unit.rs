//! RL0030: unknown unit of time.

use super::{Code, Words};

/// RL0030: unknown unit of time.
pub const UNKNOWN_UNIT: Code = Code {
    code: "RL0030",
    title: Words::new("unknown unit of time", "unité de temps inconnue"),
    what: Words::new(
        "A length of time has a unit that the language does not know.",
        "Une durée a une unité que la langue ne connaît pas.",
    ),
    why: Words::new(
        "Steps are planned by the day.",
        "Les étapes se planifient au jour près.",
    ),
    bad: "level 1 reminder 48 hours after due { email template reminder }",
    good: "level 1 reminder 2 days after due { email template reminder }",
};

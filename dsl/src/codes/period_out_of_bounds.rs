//! RL0029: period out of bounds.

use super::{Code, Words};

/// RL0029: period out of bounds.
pub const PERIOD_OUT_OF_BOUNDS: Code = Code {
    code: "RL0029",
    title: Words::new("period out of bounds", "durée hors limites"),
    what: Words::new(
        "A length of time is not a whole number, or is longer than ten years.",
        "Une durée n'est pas un nombre entier, ou dépasse dix ans.",
    ),
    why: Words::new(
        "It is most likely a slip.",
        "C'est très probablement une faute de frappe.",
    ),
    bad: "level 1 reminder 30000 days after due { email template reminder }",
    good: "level 1 reminder 30 days after due { email template reminder }",
};

//! RL0009: before or after what.

use super::{Code, Words};

/// RL0009: before or after what.
pub const ANCHOR_MISSING: Code = Code {
    code: "RL0009",
    title: Words::new("before or after what", "avant ou après quoi"),
    what: Words::new(
        "A step does not say what its time counts from.",
        "Une étape ne dit pas à partir de quoi son délai se compte.",
    ),
    why: Words::new(
        "A step needs a day to count from: the due date, or the level before it.",
        "Une étape a besoin d'un jour de départ : l'échéance, ou le niveau précédent.",
    ),
    bad: "level 1 reminder 8 days after { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

//! RL0008: unit of time forgotten.

use super::{Code, Words};

/// RL0008: unit of time forgotten.
pub const UNIT_FORGOTTEN: Code = Code {
    code: "RL0008",
    title: Words::new("unit of time forgotten", "unité de temps oubliée"),
    what: Words::new(
        "A number stands where a length of time is needed.",
        "Un nombre figure là où il faut une durée.",
    ),
    why: Words::new(
        "Eight days and eight business days are not the same.",
        "Huit jours et huit jours ouvrés ne sont pas la même chose.",
    ),
    bad: "level 1 reminder 8 after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

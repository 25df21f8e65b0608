//! RL0501: level out of order.

use super::{Code, Words};

/// RL0501: level out of order.
pub const LEVEL_OUT_OF_ORDER: Code = Code {
    code: "RL0501",
    title: Words::new("level out of order", "niveaux en désordre"),
    what: Words::new(
        "Levels are not numbered 1, 2, 3 in the order in which they stand.",
        "Les niveaux ne sont pas numérotés 1, 2, 3 dans l'ordre où ils figurent.",
    ),
    why: Words::new(
        "Each level follows the one before it, so a gap would stop dunning.",
        "Chaque niveau suit le précédent : un trou arrêterait la relance.",
    ),
    bad: "level 1 reminder 3 days after due { email template reminder }
level 3 final 8 days after level 1 { email template final_reminder }",
    good: "level 1 reminder 3 days after due { email template reminder }
level 2 final 8 days after level 1 { email template final_reminder }",
};

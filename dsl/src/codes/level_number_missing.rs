//! RL0022: level without a number.

use super::{Code, Words};

/// RL0022: level without a number.
pub const LEVEL_NUMBER_MISSING: Code = Code {
    code: "RL0022",
    title: Words::new("level without a number", "niveau sans numéro"),
    what: Words::new(
        "The word `level` is not followed by a number.",
        "Le mot `niveau` n'est pas suivi d'un numéro.",
    ),
    why: Words::new(
        "The numbers say in which order levels come.",
        "Les numéros disent dans quel ordre les niveaux se suivent.",
    ),
    bad: "level reminder 8 days after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

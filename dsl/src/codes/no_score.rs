//! RL0114: no score declared.

use super::{Code, Words};

/// RL0114: no score declared.
pub const NO_SCORE: Code = Code {
    code: "RL0114",
    title: Words::new("no score declared", "pas de score déclaré"),
    what: Words::new(
        "A condition asks for the score, but the rulebook declares none.",
        "Une condition demande le score, mais les règles n'en déclarent pas.",
    ),
    why: Words::new("It would never hold.", "Elle ne serait jamais vraie."),
    bad: "level 1 reminder 8 days after due when score is poor { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

//! RL0114: no score declared.

use super::Code;

/// RL0114: no score declared.
pub const NO_SCORE: Code = Code {
    code: "RL0114",
    title: "no score declared",
    what: "A condition asks for the score, but the rulebook declares none.",
    why: "It would never hold.",
    bad: "level 1 reminder 8 days after due when score is poor { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

//! RL0502: counted from the wrong thing.

use super::{Code, Words};

/// RL0502: counted from the wrong thing.
pub const WRONG_ANCHOR: Code = Code {
    code: "RL0502",
    title: Words::new("counted from the wrong thing", "mauvais point de départ"),
    what: Words::new(
        "A level counts from something other than the due date or the level before it.",
        "Un niveau se compte à partir d'autre chose que l'échéance ou le niveau précédent.",
    ),
    why: Words::new(
        "Levels never bunch: each waits for the one before it.",
        "Les niveaux ne se bousculent jamais : chacun attend le précédent.",
    ),
    bad: "level 1 reminder 3 days after due { email template reminder }
level 2 final 8 days after reminder { email template final_reminder }",
    good: "level 1 reminder 3 days after due { email template reminder }
level 2 final 8 days after level 1 { email template final_reminder }",
};

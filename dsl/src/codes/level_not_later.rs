//! RL0504: level not later than the one before.

use super::{Code, Words};

/// RL0504: level not later than the one before.
pub const LEVEL_NOT_LATER: Code = Code {
    code: "RL0504",
    title: Words::new(
        "level not later than the one before",
        "niveau pas postérieur au précédent",
    ),
    what: Words::new(
        "Two levels count from the due date, and the later one is not later.",
        "Deux niveaux se comptent à partir de l'échéance, et le second n'est pas plus tard.",
    ),
    why: Words::new(
        "Both would be due on one day.",
        "Les deux tomberaient le même jour.",
    ),
    bad: "level 1 reminder 10 days after due { email template reminder }
level 2 final 7 days after due { email template final_reminder }",
    good: "level 1 reminder 7 days after due { email template reminder }
level 2 final 10 days after due { email template final_reminder }",
};

//! RL0510: never reached.

use super::{Code, Words};

/// RL0510: never reached.
pub const NEVER_REACHED: Code = Code {
    code: "RL0510",
    title: Words::new("never reached", "jamais atteint"),
    what: Words::new(
        "A condition can never hold where it stands, because of the segments that the scenario serves or of what stands beside it.",
        "Une condition ne peut jamais être vraie là où elle figure, à cause des segments que sert le scénario ou de ce qui l'accompagne.",
    ),
    why: Words::new(
        "A step that is never reached is a mistake; a level that is never reached stops all that follow.",
        "Une étape jamais atteinte est une erreur ; un niveau jamais atteint arrête tous ceux qui suivent.",
    ),
    bad: "level 1 reminder 8 days after due when account.overdue > 100 EUR and account.overdue < 50 EUR { email template reminder }",
    good: "level 1 reminder 8 days after due when account.overdue > 50 EUR and account.overdue < 100 EUR { email template reminder }",
};

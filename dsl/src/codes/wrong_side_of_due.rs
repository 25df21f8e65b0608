//! RL0503: wrong side of the due date.

use super::{Code, Words};

/// RL0503: wrong side of the due date.
pub const WRONG_SIDE_OF_DUE: Code = Code {
    code: "RL0503",
    title: Words::new("wrong side of the due date", "mauvais côté de l'échéance"),
    what: Words::new(
        "A courtesy step comes after the due date, or a level before it.",
        "Une étape de prévenance vient après l'échéance, ou un niveau avant.",
    ),
    why: Words::new(
        "Before the due date nothing is owed yet; the two speak differently.",
        "Avant l'échéance, rien n'est encore exigible ; on ne parle pas de la même façon.",
    ),
    bad: "courtesy { step hello 5 days after due { email template courtesy_reminder } }",
    good: "courtesy { step hello 5 days before due { email template courtesy_reminder } }",
};

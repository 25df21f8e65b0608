//! RL0031: unknown day or month.

use super::{Code, Words};

/// RL0031: unknown day or month.
pub const UNKNOWN_DAY: Code = Code {
    code: "RL0031",
    title: Words::new("unknown day or month", "jour ou mois inconnu"),
    what: Words::new(
        "A day of the week or a month is not known.",
        "Un jour de la semaine ou un mois n'est pas connu.",
    ),
    why: Words::new(
        "The calendar would be wrong without a sign.",
        "Le calendrier serait faux sans que rien ne le signale.",
    ),
    bad: "calendar a { closed on samstag }",
    good: "calendar a { closed on saturday }",
};

//! RL0703: calendar that is never open.

use super::{Code, Words};

/// RL0703: calendar that is never open.
pub const NEVER_OPEN: Code = Code {
    code: "RL0703",
    title: Words::new("calendar that is never open", "calendrier jamais ouvert"),
    what: Words::new(
        "A calendar is closed on all days of the week.",
        "Un calendrier est fermé tous les jours de la semaine.",
    ),
    why: Words::new("Nothing would ever be sent.", "Rien ne serait jamais envoyé."),
    bad: "calendar a { closed on monday, tuesday, wednesday, thursday, friday, saturday, sunday }",
    good: "calendar a { closed on saturday, sunday }",
};

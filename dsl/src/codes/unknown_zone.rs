//! RL0409: unknown time zone.

use super::{Code, Words};

/// RL0409: unknown time zone.
pub const UNKNOWN_ZONE: Code = Code {
    code: "RL0409",
    title: Words::new("unknown time zone", "fuseau horaire inconnu"),
    what: Words::new("A time zone does not exist.", "Un fuseau horaire n'existe pas."),
    why: Words::new(
        "The sending window could not be placed.",
        "La plage d'envoi ne pourrait pas être située.",
    ),
    bad: "send every day, 09:00 to 17:30, Europe/Pari time",
    good: "send every day, 09:00 to 17:30, Europe/Paris time",
};

//! RL0407: unknown calendar.

use super::{Code, Words};

/// RL0407: unknown calendar.
pub const UNKNOWN_CALENDAR: Code = Code {
    code: "RL0407",
    title: Words::new("unknown calendar", "calendrier inconnu"),
    what: Words::new(
        "A calendar is named that nothing declares.",
        "Un calendrier est nommé que rien ne déclare.",
    ),
    why: Words::new(
        "Business days could not be counted.",
        "Les jours ouvrés ne pourraient pas être comptés.",
    ),
    bad: "send on business days of farnce",
    good: "send on business days of france",
};

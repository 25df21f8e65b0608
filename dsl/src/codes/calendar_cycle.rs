//! RL0701: calendars based on each other.

use super::{Code, Words};

/// RL0701: calendars based on each other.
pub const CALENDAR_CYCLE: Code = Code {
    code: "RL0701",
    title: Words::new(
        "calendars based on each other",
        "calendriers fondés les uns sur les autres",
    ),
    what: Words::new(
        "A calendar is based on itself, by way of others, or on too long a chain.",
        "Un calendrier est fondé sur lui-même, par l'intermédiaire d'autres, ou sur une chaîne trop longue.",
    ),
    why: Words::new(
        "Its holidays could not be found.",
        "On ne pourrait pas trouver ses jours fériés.",
    ),
    bad: "calendar a based on b { }
calendar b based on a { }",
    good: "calendar a based on b { }
calendar b { }",
};

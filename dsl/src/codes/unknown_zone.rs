//! RL0409: unknown time zone.

use super::Code;

/// RL0409: unknown time zone.
pub const UNKNOWN_ZONE: Code = Code {
    code: "RL0409",
    title: "unknown time zone",
    what: "A time zone does not exist.",
    why: "The sending window could not be placed.",
    bad: "send every day, 09:00 to 17:30, Europe/Pari time",
    good: "send every day, 09:00 to 17:30, Europe/Paris time",
};

//! RL0032: calendar not named.

use super::{Code, Words};

/// RL0032: calendar not named.
pub const CALENDAR_NOT_NAMED: Code = Code {
    code: "RL0032",
    title: Words::new("calendar not named", "calendrier non nommé"),
    what: Words::new(
        "`business days` stands without the calendar that says which they are.",
        "`jours ouvrés` figure sans le calendrier qui dit lesquels ils sont.",
    ),
    why: Words::new(
        "Holidays differ from country to country.",
        "Les jours fériés diffèrent d'un pays à l'autre.",
    ),
    bad: "send on business days, 09:00 to 17:30",
    good: "send on business days of france, 09:00 to 17:30",
};

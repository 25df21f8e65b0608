//! RL0505: business days without a calendar.

use super::{Code, Words};

/// RL0505: business days without a calendar.
pub const NO_CALENDAR: Code = Code {
    code: "RL0505",
    title: Words::new("business days without a calendar", "jours ouvrés sans calendrier"),
    what: Words::new(
        "Business days are counted in a scenario that names no calendar.",
        "Des jours ouvrés sont comptés dans un scénario qui ne nomme pas de calendrier.",
    ),
    why: Words::new(
        "Holidays differ from country to country.",
        "Les jours fériés diffèrent d'un pays à l'autre.",
    ),
    bad: "courtesy { step hello 5 business days before due { email template courtesy_reminder } }",
    good: "send on business days of france
courtesy { step hello 5 business days before due { email template courtesy_reminder } }",
};

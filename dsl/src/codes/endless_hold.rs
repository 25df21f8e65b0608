//! RL0415: hold without an end.

use super::{Code, Words};

/// RL0415: hold without an end.
pub const ENDLESS_HOLD: Code = Code {
    code: "RL0415",
    title: Words::new("hold without an end", "suspension sans fin"),
    what: Words::new(
        "Disputes stop the clock, and nothing in the rulebook sees to it that somebody answers them.",
        "Les litiges arrêtent le délai, et rien dans les règles ne veille à ce que quelqu'un y réponde.",
    ),
    why: Words::new(
        "A disputed invoice that nobody answers is never dunned again.",
        "Une facture contestée à laquelle personne ne répond n'est plus jamais relancée.",
    ),
    bad: "disputes { quality owner production answer within 5 days }\nsegments { all otherwise }\nscenario calm for all { language fr hold while disputed dunning { level 1 first 3 days after due { call } } }",
    good: "disputes { quality owner production answer within 5 days when late { task chase assign collector } }\nsegments { all otherwise }\nscenario calm for all { language fr hold while disputed dunning { level 1 first 3 days after due { call } } }",
};

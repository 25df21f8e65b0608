//! RL0415: hold without an end.

use super::Code;

/// RL0415: hold without an end.
pub const ENDLESS_HOLD: Code = Code {
    code: "RL0415",
    title: "hold without an end",
    what: "Disputes stop the clock, and nothing in the rulebook sees to it that somebody answers them.",
    why: "A disputed invoice that nobody answers is never dunned again.",
    bad: "disputes { quality owner production answer within 5 days }\nsegments { all otherwise }\nscenario calm for all { language fr hold while disputed dunning { level 1 first 3 days after due { call } } }",
    good: "disputes { quality owner production answer within 5 days when late { task chase assign collector } }\nsegments { all otherwise }\nscenario calm for all { language fr hold while disputed dunning { level 1 first 3 days after due { call } } }",
};

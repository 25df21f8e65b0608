//! RL0606: charges that nothing declares.

use super::Code;

/// RL0606: charges that nothing declares.
pub const CHARGES_MISSING: Code = Code {
    code: "RL0606",
    title: "charges that nothing declares",
    what: "Something is charged, and no table says how much; or several do.",
    why: "Rates are dated data of the country: they are never guessed.",
    bad: "segments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 3 days after due { call; charge recovery_fee } } }",
    good: "charges fr { recovery_fee 40 EUR }\nsegments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 3 days after due { call; charge recovery_fee } } }",
};

//! RL0606: charges that nothing declares.

use super::{Code, Words};

/// RL0606: charges that nothing declares.
pub const CHARGES_MISSING: Code = Code {
    code: "RL0606",
    title: Words::new("charges that nothing declares", "frais que rien ne déclare"),
    what: Words::new(
        "Something is charged, and no table says how much; or several do.",
        "Quelque chose est facturé, et aucune table ne dit combien ; ou plusieurs le disent.",
    ),
    why: Words::new(
        "Rates are dated data of the country: they are never guessed.",
        "Les taux sont des données datées de chaque pays : on ne les devine jamais.",
    ),
    bad: "segments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 3 days after due { call; charge recovery_fee } } }",
    good: "charges fr { recovery_fee 40 EUR }\nsegments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 3 days after due { call; charge recovery_fee } } }",
};

//! RL0605: unknown charge.

use super::{Code, Words};

/// RL0605: unknown charge.
pub const UNKNOWN_CHARGE: Code = Code {
    code: "RL0605",
    title: Words::new("unknown charge", "frais inconnus"),
    what: Words::new(
        "Something is charged that is not known.",
        "On facture quelque chose qui n'est pas connu.",
    ),
    why: Words::new("Nobody could say how much.", "Personne ne pourrait dire combien."),
    bad: "charges fr { recovery_fee 40 EUR }\nsegments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 3 days after due { email template reminder; charge penalty } } }",
    good: "charges fr { recovery_fee 40 EUR }\nsegments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 3 days after due { email template reminder; charge recovery_fee } } }",
};

//! RL0508: consumer charged.

use super::{Code, Words};

/// RL0508: consumer charged.
pub const CHARGED_CONSUMER: Code = Code {
    code: "RL0508",
    title: Words::new("consumer charged", "frais facturés à un particulier"),
    what: Words::new(
        "A scenario that can serve consumers charges interest or the fixed fee.",
        "Un scénario qui peut servir des particuliers facture des intérêts ou l'indemnité forfaitaire.",
    ),
    why: Words::new(
        "The fixed fee is for professionals only, and interest from consumers needs a formal notice first.",
        "L'indemnité forfaitaire n'est due qu'entre professionnels, et des intérêts dus par un particulier demandent d'abord une mise en demeure.",
    ),
    bad: "charges fr { recovery_fee 40 EUR }\nsegments { people when customer.kind is consumer rest otherwise }\nscenario calm for people { language fr dunning { level 1 first 3 days after due { email template reminder; charge recovery_fee } } }",
    good: "charges fr { recovery_fee 40 EUR }\nsegments { firms when customer.kind is business rest otherwise }\nscenario calm for firms { language fr dunning { level 1 first 3 days after due { email template reminder; charge recovery_fee } } }",
};

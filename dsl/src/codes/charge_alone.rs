//! RL0516: charges that nothing names.

use super::{Code, Words};

/// RL0516: charges that nothing names.
pub const CHARGE_ALONE: Code = Code {
    code: "RL0516",
    title: Words::new("charges that nothing names", "frais que rien n'annonce"),
    what: Words::new(
        "A step charges interest or a fee, and does nothing that could tell the customer.",
        "Une étape facture des intérêts ou une indemnité, et ne fait rien qui puisse l'annoncer au client.",
    ),
    why: Words::new(
        "What is charged is named in the messages, calls and tasks of the same step: it is no entry in the books.",
        "Les frais sont annoncés dans les messages, appels et tâches de la même étape : ce n'est pas une écriture.",
    ),
    bad: "charges fr { recovery_fee 40 EUR }\nsegments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 30 days after due { charge recovery_fee } } }",
    good: "charges fr { recovery_fee 40 EUR }\nsegments { a when customer.kind is business rest otherwise }\nscenario s for a { language fr dunning { level 1 b 30 days after due { email template reminder; charge recovery_fee } } }",
};

//! RL0102: fact not known here.

use super::{Code, Words};

/// RL0102: fact not known here.
pub const FACT_NOT_HERE: Code = Code {
    code: "RL0102",
    title: Words::new("fact not known here", "donnée pas connue ici"),
    what: Words::new(
        "A fact is asked for where it is not known yet, as an invoice while segments are chosen.",
        "Une donnée est demandée là où elle n'est pas encore connue, comme une facture pendant le choix des segments.",
    ),
    why: Words::new(
        "The question has no answer there.",
        "La question n'a pas de réponse à cet endroit.",
    ),
    bad: "key when invoice.amount >= 500 EUR",
    good: "key when account.overdue >= 500 EUR",
};

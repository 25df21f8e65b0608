//! RL1003: invoice without amount or due date.

use super::{Code, Words};

/// RL1003: invoice without amount or due date.
pub const PROPERTY_MISSING: Code = Code {
    code: "RL1003",
    title: Words::new(
        "invoice without amount or due date",
        "facture sans montant ou sans échéance",
    ),
    what: Words::new(
        "An invoice of a test has no amount, or no due date.",
        "Une facture d'un test n'a pas de montant, ou pas d'échéance.",
    ),
    why: Words::new(
        "Nothing can be decided about it.",
        "Rien ne peut être décidé à son sujet.",
    ),
    bad: "test \"x\" { given invoice F1 { amount 100 EUR } expect nothing }",
    good: "test \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } expect nothing }",
};

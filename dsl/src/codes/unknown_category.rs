//! RL0607: unknown dispute category.

use super::{Code, Words};

/// RL0607: unknown dispute category.
pub const UNKNOWN_CATEGORY: Code = Code {
    code: "RL0607",
    title: Words::new("unknown dispute category", "catégorie de litige inconnue"),
    what: Words::new(
        "A dispute is of a category that `disputes { }` does not declare.",
        "Un litige est d'une catégorie que `litiges { }` ne déclare pas.",
    ),
    why: Words::new(
        "Nobody would be asked to answer it.",
        "Personne ne serait chargé d'y répondre.",
    ),
    bad: "disputes { quality owner production answer within 5 days }\ntest \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } on 2026-02-10 dispute F1 qualty expect nothing }",
    good: "disputes { quality owner production answer within 5 days }\ntest \"x\" { given invoice F1 { amount 100 EUR, due 2026-02-04 } on 2026-02-10 dispute F1 quality expect nothing }",
};

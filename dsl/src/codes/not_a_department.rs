//! RL0609: unknown department.

use super::{Code, Words};

/// RL0609: unknown department.
pub const NOT_A_DEPARTMENT: Code = Code {
    code: "RL0609",
    title: Words::new("unknown department", "service inconnu"),
    what: Words::new(
        "A category of disputes belongs to a department that does not exist.",
        "Une catégorie de litiges revient à un service qui n'existe pas.",
    ),
    why: Words::new(
        "Nobody would be asked to answer.",
        "Personne ne serait chargé de répondre.",
    ),
    bad: "disputes { quality owner productoin answer within 5 days }",
    good: "disputes { quality owner production answer within 5 days }",
};

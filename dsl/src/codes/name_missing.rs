//! RL0021: name missing.

use super::{Code, Words};

/// RL0021: name missing.
pub const NAME_MISSING: Code = Code {
    code: "RL0021",
    title: Words::new("name missing", "nom manquant"),
    what: Words::new(
        "A step or a level has no name.",
        "Une étape ou un niveau n'a pas de nom.",
    ),
    why: Words::new(
        "Its name is shown in reasons, and keeps the place of running cases when rules change.",
        "Son nom figure dans les motifs, et garde la place des dossiers en cours quand les règles changent.",
    ),
    bad: "level 1 8 days after due { email template reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

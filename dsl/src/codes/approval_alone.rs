//! RL0515: approval of nothing.

use super::{Code, Words};

/// RL0515: approval of nothing.
pub const APPROVAL_ALONE: Code = Code {
    code: "RL0515",
    title: Words::new("approval of nothing", "validation de rien"),
    what: Words::new(
        "Somebody is asked to approve, and nothing else is done.",
        "On demande une validation, et rien d'autre n'est fait.",
    ),
    why: Words::new("There is nothing to approve.", "Il n'y a rien à valider."),
    bad: "level 1 notice 8 days after due { approve by collector }",
    good: "level 1 notice 8 days after due { email template reminder; approve by collector }",
};

//! RL0513: unknown outcome of a call.

use super::{Code, Words};

/// RL0513: unknown outcome of a call.
pub const UNKNOWN_OUTCOME: Code = Code {
    code: "RL0513",
    title: Words::new("unknown outcome of a call", "issue d'appel inconnue"),
    what: Words::new(
        "Something follows an outcome that a call cannot have.",
        "Quelque chose suit une issue qu'un appel ne peut pas avoir.",
    ),
    why: Words::new("It would never happen.", "Cela n'arriverait jamais."),
    bad: "level 1 call 8 days after due { call on busy retry after 1 day }",
    good: "level 1 call 8 days after due { call on no_answer retry after 1 day }",
};

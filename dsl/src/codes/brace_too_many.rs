//! RL0005: brace too many.

use super::{Code, Words};

/// RL0005: brace too many.
pub const BRACE_TOO_MANY: Code = Code {
    code: "RL0005",
    title: Words::new("brace too many", "accolade en trop"),
    what: Words::new("A `}` closes nothing.", "Une `}` ne ferme rien."),
    why: Words::new(
        "A block above was closed too early, or the brace is left over.",
        "Un bloc plus haut a été fermé trop tôt, ou l'accolade est restée par mégarde.",
    ),
    bad: "segments { small otherwise }
}",
    good: "segments { small otherwise }",
};

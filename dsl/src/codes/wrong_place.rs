//! RL0020: statement in the wrong place.

use super::{Code, Words};

/// RL0020: statement in the wrong place.
pub const WRONG_PLACE: Code = Code {
    code: "RL0020",
    title: Words::new("statement in the wrong place", "instruction au mauvais endroit"),
    what: Words::new(
        "A statement stands in a block to which it does not belong.",
        "Une instruction figure dans un bloc dont elle ne fait pas partie.",
    ),
    why: Words::new(
        "Often a `}` above is one too many, and the block ended too early.",
        "Souvent une `}` plus haut est de trop, et le bloc s'est fermé trop tôt.",
    ),
    bad: "segments { small otherwise }
limit 1 message per 5 days",
    good: "segments { small otherwise }",
};

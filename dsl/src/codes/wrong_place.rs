//! RL0020: statement in the wrong place.

use super::Code;

/// RL0020: statement in the wrong place.
pub const WRONG_PLACE: Code = Code {
    code: "RL0020",
    title: "statement in the wrong place",
    what: "A statement stands in a block to which it does not belong.",
    why: "Often a `}` above is one too many, and the block ended too early.",
    bad: "segments { small otherwise }
limit 1 message per 5 days",
    good: "segments { small otherwise }",
};

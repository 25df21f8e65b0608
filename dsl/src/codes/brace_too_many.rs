//! RL0005: brace too many.

use super::Code;

/// RL0005: brace too many.
pub const BRACE_TOO_MANY: Code = Code {
    code: "RL0005",
    title: "brace too many",
    what: "A `}` closes nothing.",
    why: "A block above was closed too early, or the brace is left over.",
    bad: "segments { small otherwise }
}",
    good: "segments { small otherwise }",
};

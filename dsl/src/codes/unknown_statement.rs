//! RL0019: unknown statement.

use super::Code;

/// RL0019: unknown statement.
pub const UNKNOWN_STATEMENT: Code = Code {
    code: "RL0019",
    title: "unknown statement",
    what: "A line begins with a word that begins no statement there.",
    why: "It may be misspelt, and would otherwise silently have no effect.",
    bad: "level 1 reminder 8 days after due { emial reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

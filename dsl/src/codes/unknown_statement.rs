//! RL0019: unknown statement.

use super::{Code, Words};

/// RL0019: unknown statement.
pub const UNKNOWN_STATEMENT: Code = Code {
    code: "RL0019",
    title: Words::new("unknown statement", "instruction inconnue"),
    what: Words::new(
        "A line begins with a word that begins no statement there.",
        "Une ligne commence par un mot qui ne commence aucune instruction à cet endroit.",
    ),
    why: Words::new(
        "It may be misspelt, and would otherwise silently have no effect.",
        "Il est peut-être mal écrit, et resterait sinon sans effet, en silence.",
    ),
    bad: "level 1 reminder 8 days after due { emial reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

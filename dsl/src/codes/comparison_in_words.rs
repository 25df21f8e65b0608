//! RL0027: comparison in words.

use super::Code;

/// RL0027: comparison in words.
pub const COMPARISON_IN_WORDS: Code = Code {
    code: "RL0027",
    title: "comparison in words",
    what: "A comparison is written in words.",
    why: "One spelling for each comparison keeps rules exact.",
    bad: "key when account.overdue more than 500 EUR",
    good: "key when account.overdue > 500 EUR",
};

//! RL0027: comparison in words.

use super::{Code, Words};

/// RL0027: comparison in words.
pub const COMPARISON_IN_WORDS: Code = Code {
    code: "RL0027",
    title: Words::new("comparison in words", "comparaison en toutes lettres"),
    what: Words::new(
        "A comparison is written in words.",
        "Une comparaison est écrite en toutes lettres.",
    ),
    why: Words::new(
        "One spelling for each comparison keeps rules exact.",
        "Une seule écriture pour chaque comparaison garde les règles exactes.",
    ),
    bad: "key when account.overdue more than 500 EUR",
    good: "key when account.overdue > 500 EUR",
};

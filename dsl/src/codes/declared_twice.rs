//! RL0202: block written twice.

use super::Code;

/// RL0202: block written twice.
pub const DECLARED_TWICE: Code = Code {
    code: "RL0202",
    title: "block written twice",
    what: "The segments or the score are declared twice.",
    why: "Segments are tried in order, so they stand in one list; a customer has one score.",
    bad: "segments { large when account.overdue >= 500 EUR }
segments { small otherwise }",
    good: "segments { large when account.overdue >= 500 EUR small otherwise }",
};

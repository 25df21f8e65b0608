//! RL0202: block written twice.

use super::{Code, Words};

/// RL0202: block written twice.
pub const DECLARED_TWICE: Code = Code {
    code: "RL0202",
    title: Words::new("block written twice", "bloc écrit deux fois"),
    what: Words::new(
        "The segments or the score are declared twice.",
        "Les segments ou le score sont déclarés deux fois.",
    ),
    why: Words::new(
        "Segments are tried in order, so they stand in one list; a customer has one score.",
        "Les segments sont essayés dans l'ordre, ils figurent donc dans une seule liste ; un client a un seul score.",
    ),
    bad: "segments { large when account.overdue >= 500 EUR }
segments { small otherwise }",
    good: "segments { large when account.overdue >= 500 EUR small otherwise }",
};

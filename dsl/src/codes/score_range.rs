//! RL0301: score range.

use super::{Code, Words};

/// RL0301: score range.
pub const SCORE_RANGE: Code = Code {
    code: "RL0301",
    title: Words::new("score range", "intervalle du score"),
    what: Words::new(
        "The range of the score is empty, or its start lies outside.",
        "L'intervalle du score est vide, ou son départ est en dehors.",
    ),
    why: Words::new(
        "Every score would be the same.",
        "Tous les scores seraient les mêmes.",
    ),
    bad: "score payer from 100 to 0 start 60 { bands { good from 70, poor } }",
    good: "score payer from 0 to 100 start 60 { bands { good from 70, poor } }",
};

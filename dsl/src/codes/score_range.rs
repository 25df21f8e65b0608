//! RL0301: score range.

use super::Code;

/// RL0301: score range.
pub const SCORE_RANGE: Code = Code {
    code: "RL0301",
    title: "score range",
    what: "The range of the score is empty, or its start lies outside.",
    why: "Every score would be the same.",
    bad: "score payer from 100 to 0 start 60 { bands { good from 70, poor } }",
    good: "score payer from 0 to 100 start 60 { bands { good from 70, poor } }",
};

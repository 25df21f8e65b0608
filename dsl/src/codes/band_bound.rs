//! RL0303: band with a wrong bound.

use super::Code;

/// RL0303: band with a wrong bound.
pub const BAND_BOUND: Code = Code {
    code: "RL0303",
    title: "band with a wrong bound",
    what: "A band lacks its lower bound, has one that the score cannot reach, or is the last and has one.",
    why: "Each score must fall into one band.",
    bad: "score payer from 0 to 100 start 60 { bands { good, poor } }",
    good: "score payer from 0 to 100 start 60 { bands { good from 70, poor } }",
};

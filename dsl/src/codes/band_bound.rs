//! RL0303: band with a wrong bound.

use super::{Code, Words};

/// RL0303: band with a wrong bound.
pub const BAND_BOUND: Code = Code {
    code: "RL0303",
    title: Words::new("band with a wrong bound", "tranche avec une mauvaise borne"),
    what: Words::new(
        "A band lacks its lower bound, has one that the score cannot reach, or is the last and has one.",
        "Une tranche n'a pas sa borne inférieure, en a une que le score ne peut pas atteindre, ou en a une alors qu'elle est la dernière.",
    ),
    why: Words::new(
        "Each score must fall into one band.",
        "Chaque score doit tomber dans une tranche.",
    ),
    bad: "score payer from 0 to 100 start 60 { bands { good, poor } }",
    good: "score payer from 0 to 100 start 60 { bands { good from 70, poor } }",
};

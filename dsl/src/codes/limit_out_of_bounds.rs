//! RL0412: limit out of bounds.

use super::{Code, Words};

/// RL0412: limit out of bounds.
pub const LIMIT_OUT_OF_BOUNDS: Code = Code {
    code: "RL0412",
    title: Words::new("limit out of bounds", "limite hors bornes"),
    what: Words::new(
        "A limit allows no message, or its period is empty.",
        "Une limite n'autorise aucun message, ou sa période est vide.",
    ),
    why: Words::new(
        "Nothing would be sent, or there would be no limit.",
        "Rien ne serait envoyé, ou il n'y aurait pas de limite.",
    ),
    bad: "limit 0 messages per 5 days",
    good: "limit 1 message per 5 days",
};

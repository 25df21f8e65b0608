//! RL0033: unknown grouping.

use super::{Code, Words};

/// RL0033: unknown grouping.
pub const UNKNOWN_GROUPING: Code = Code {
    code: "RL0033",
    title: Words::new("unknown grouping", "regroupement inconnu"),
    what: Words::new(
        "Messages are grouped by something that is not a way of grouping.",
        "Les messages sont groupés par quelque chose qui n'est pas une façon de grouper.",
    ),
    why: Words::new(
        "There is one message for each customer, or one for each invoice.",
        "Il y a un message par client, ou un message par facture.",
    ),
    bad: "group by account",
    good: "group by customer",
};

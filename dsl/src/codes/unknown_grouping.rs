//! RL0033: unknown grouping.

use super::Code;

/// RL0033: unknown grouping.
pub const UNKNOWN_GROUPING: Code = Code {
    code: "RL0033",
    title: "unknown grouping",
    what: "Messages are grouped by something that is not a way of grouping.",
    why: "There is one message for each customer, or one for each invoice.",
    bad: "group by account",
    good: "group by customer",
};

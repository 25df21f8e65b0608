//! RL0115: length of time in the wrong place.

use super::{Code, Words};

/// RL0115: length of time in the wrong place.
pub const DURATION_MISPLACED: Code = Code {
    code: "RL0115",
    title: Words::new("length of time in the wrong place", "durée au mauvais endroit"),
    what: Words::new(
        "A length of time is compared with something that does not count days.",
        "Une durée est comparée à quelque chose qui ne compte pas des jours.",
    ),
    why: Words::new(
        "Three invoices are not three days.",
        "Trois factures ne sont pas trois jours.",
    ),
    bad: "key when account.open_invoices > 3 days",
    good: "key when account.oldest_overdue_days > 3 days",
};

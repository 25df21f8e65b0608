//! RL0115: length of time in the wrong place.

use super::Code;

/// RL0115: length of time in the wrong place.
pub const DURATION_MISPLACED: Code = Code {
    code: "RL0115",
    title: "length of time in the wrong place",
    what: "A length of time is compared with something that does not count days.",
    why: "Three invoices are not three days.",
    bad: "key when account.open_invoices > 3 days",
    good: "key when account.oldest_overdue_days > 3 days",
};

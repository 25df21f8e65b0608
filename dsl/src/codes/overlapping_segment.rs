//! RL0208: segment that another one takes.

use super::Code;

/// RL0208: segment that another one takes.
pub const OVERLAPPING_SEGMENT: Code = Code {
    code: "RL0208",
    title: "segment that another one takes",
    what: "Whoever fits this line fits an earlier one already, which then wins.",
    why: "No customer ever gets this segment.",
    bad: "segments { big when account.overdue >= 100 EUR bigger when account.overdue >= 500 EUR rest otherwise }",
    good: "segments { bigger when account.overdue >= 500 EUR big when account.overdue >= 100 EUR rest otherwise }",
};

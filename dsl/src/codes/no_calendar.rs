//! RL0505: business days without a calendar.

use super::Code;

/// RL0505: business days without a calendar.
pub const NO_CALENDAR: Code = Code {
    code: "RL0505",
    title: "business days without a calendar",
    what: "",
    why: "",
    bad: "",
    good: "",
};

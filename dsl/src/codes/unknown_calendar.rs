//! RL0407: unknown calendar.

use super::Code;

/// RL0407: unknown calendar.
pub const UNKNOWN_CALENDAR: Code = Code {
    code: "RL0407",
    title: "unknown calendar",
    what: "A calendar is named that nothing declares.",
    why: "Business days could not be counted.",
    bad: "send on business days of farnce",
    good: "send on business days of france",
};

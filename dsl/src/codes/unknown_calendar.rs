//! RL0407: unknown calendar.

use super::Code;

/// RL0407: unknown calendar.
pub const UNKNOWN_CALENDAR: Code = Code {
    code: "RL0407",
    title: "unknown calendar",
    what: "",
    why: "",
    bad: "",
    good: "",
};

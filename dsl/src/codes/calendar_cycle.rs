//! RL0701: calendars based on each other.

use super::Code;

/// RL0701: calendars based on each other.
pub const CALENDAR_CYCLE: Code = Code {
    code: "RL0701",
    title: "calendars based on each other",
    what: "",
    why: "",
    bad: "",
    good: "",
};

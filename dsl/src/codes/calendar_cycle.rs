//! RL0701: calendars based on each other.

use super::Code;

/// RL0701: calendars based on each other.
pub const CALENDAR_CYCLE: Code = Code {
    code: "RL0701",
    title: "calendars based on each other",
    what: "A calendar is based on itself, by way of others, or on too long a chain.",
    why: "Its holidays could not be found.",
    bad: "calendar a based on b { }
calendar b based on a { }",
    good: "calendar a based on b { }
calendar b { }",
};

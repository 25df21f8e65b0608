//! RL0032: calendar not named.

use super::Code;

/// RL0032: calendar not named.
pub const CALENDAR_NOT_NAMED: Code = Code {
    code: "RL0032",
    title: "calendar not named",
    what: "`business days` stands without the calendar that says which they are.",
    why: "Holidays differ from country to country.",
    bad: "send on business days, 09:00 to 17:30",
    good: "send on business days of france, 09:00 to 17:30",
};

//! RL0032: calendar not named.

use super::Code;

/// RL0032: calendar not named.
pub const CALENDAR_NOT_NAMED: Code = Code {
    code: "RL0032",
    title: "calendar not named",
    what: "",
    why: "",
    bad: "",
    good: "",
};

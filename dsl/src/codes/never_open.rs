//! RL0703: calendar that is never open.

use super::Code;

/// RL0703: calendar that is never open.
pub const NEVER_OPEN: Code = Code {
    code: "RL0703",
    title: "calendar that is never open",
    what: "A calendar is closed on all days of the week.",
    why: "Nothing would ever be sent.",
    bad: "calendar a { closed on monday, tuesday, wednesday, thursday, friday, saturday, sunday }",
    good: "calendar a { closed on saturday, sunday }",
};

//! RL0018: time in another style.

use super::Code;

/// RL0018: time in another style.
pub const TIME_STYLE: Code = Code {
    code: "RL0018",
    title: "time in another style",
    what: "A time of day is not written with a colon, or there is no such time.",
    why: "One style is easier to read and to search.",
    bad: "send every day, 9h to 17h30",
    good: "send every day, 09:00 to 17:30",
};

//! RL0031: unknown day or month.

use super::Code;

/// RL0031: unknown day or month.
pub const UNKNOWN_DAY: Code = Code {
    code: "RL0031",
    title: "unknown day or month",
    what: "A day of the week or a month is not known.",
    why: "The calendar would be wrong without a sign.",
    bad: "calendar a { closed on samstag }",
    good: "calendar a { closed on saturday }",
};

//! RL0702: no such day.

use super::Code;

/// RL0702: no such day.
pub const NO_SUCH_DAY: Code = Code {
    code: "RL0702",
    title: "no such day",
    what: "A holiday is on a day that does not exist, or too far from Easter.",
    why: "It would never come.",
    bad: r#"calendar a { holiday "X" on 31 february }"#,
    good: r#"calendar a { holiday "X" on 28 february }"#,
};

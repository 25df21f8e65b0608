//! RL0702: no such day.

use super::{Code, Words};

/// RL0702: no such day.
pub const NO_SUCH_DAY: Code = Code {
    code: "RL0702",
    title: Words::new("no such day", "jour qui n'existe pas"),
    what: Words::new(
        "A holiday is on a day that does not exist, or too far from Easter.",
        "Un jour férié tombe un jour qui n'existe pas, ou trop loin de Pâques.",
    ),
    why: Words::new("It would never come.", "Il n'arriverait jamais."),
    bad: r#"calendar a { holiday "X" on 31 february }"#,
    good: r#"calendar a { holiday "X" on 28 february }"#,
};

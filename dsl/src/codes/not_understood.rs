//! RL0003: not understood.

use super::Code;

/// RL0003: not understood.
pub const NOT_UNDERSTOOD: Code = Code {
    code: "RL0003",
    title: "not understood",
    what: "A word stands where the language expects something else.",
    why: "What is not understood cannot be followed, so the rulebook is refused.",
    bad: r#"key "Key accounts" account.overdue >= 500 EUR"#,
    good: r#"key "Key accounts" when account.overdue >= 500 EUR"#,
};

//! RL0003: not understood.

use super::{Code, Words};

/// RL0003: not understood.
pub const NOT_UNDERSTOOD: Code = Code {
    code: "RL0003",
    title: Words::new("not understood", "pas compris"),
    what: Words::new(
        "A word stands where the language expects something else.",
        "Un mot figure là où la langue attend autre chose.",
    ),
    why: Words::new(
        "What is not understood cannot be followed, so the rulebook is refused.",
        "Ce qui n'est pas compris ne peut pas être suivi ; les règles sont donc refusées.",
    ),
    bad: r#"key "Key accounts" account.overdue >= 500 EUR"#,
    good: r#"key "Key accounts" when account.overdue >= 500 EUR"#,
};

//! RL0006: quote not closed.

use super::Code;

/// RL0006: quote not closed.
pub const QUOTE_NOT_CLOSED: Code = Code {
    code: "RL0006",
    title: "quote not closed",
    what: "A text in quotes does not end in its line.",
    why: "Everything after it would be read as part of the text.",
    bad: r#"key "Key accounts when account.overdue >= 500 EUR"#,
    good: r#"key "Key accounts" when account.overdue >= 500 EUR"#,
};

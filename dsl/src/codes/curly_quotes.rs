//! RL0007: typographic quotes.

use super::Code;

/// RL0007: typographic quotes.
pub const CURLY_QUOTES: Code = Code {
    code: "RL0007",
    title: "typographic quotes",
    what: "Quotes of a word processor stand around a text.",
    why: "Only straight quotes mark a text.",
    bad: "key “Key accounts” when account.overdue >= 500 EUR",
    good: r#"key "Key accounts" when account.overdue >= 500 EUR"#,
};

//! RL0007: typographic quotes.

use super::{Code, Words};

/// RL0007: typographic quotes.
pub const CURLY_QUOTES: Code = Code {
    code: "RL0007",
    title: Words::new("typographic quotes", "guillemets typographiques"),
    what: Words::new(
        "Quotes of a word processor stand around a text.",
        "Des guillemets de traitement de texte entourent un texte.",
    ),
    why: Words::new(
        "Only straight quotes mark a text.",
        "Seuls les guillemets droits délimitent un texte.",
    ),
    bad: "key “Key accounts” when account.overdue >= 500 EUR",
    good: r#"key "Key accounts" when account.overdue >= 500 EUR"#,
};

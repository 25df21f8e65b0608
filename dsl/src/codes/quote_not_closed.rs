//! RL0006: quote not closed.

use super::{Code, Words};

/// RL0006: quote not closed.
pub const QUOTE_NOT_CLOSED: Code = Code {
    code: "RL0006",
    title: Words::new("quote not closed", "guillemet non fermé"),
    what: Words::new(
        "A text in quotes does not end in its line.",
        "Un texte entre guillemets ne finit pas sur sa ligne.",
    ),
    why: Words::new(
        "Everything after it would be read as part of the text.",
        "Tout ce qui suit serait lu comme faisant partie du texte.",
    ),
    bad: r#"key "Key accounts when account.overdue >= 500 EUR"#,
    good: r#"key "Key accounts" when account.overdue >= 500 EUR"#,
};

//! RL0111: text without quotes.

use super::{Code, Words};

/// RL0111: text without quotes.
pub const TEXT_WITHOUT_QUOTES: Code = Code {
    code: "RL0111",
    title: Words::new("text without quotes", "texte sans guillemets"),
    what: Words::new(
        "A text stands without quotes.",
        "Un texte est écrit sans guillemets.",
    ),
    why: Words::new(
        "Without quotes it is read as a name of the rules.",
        "Sans guillemets, il est lu comme un nom des règles.",
    ),
    bad: "one when customer.name is Dupont",
    good: r#"one when customer.name is "Dupont""#,
};

//! RL0111: text without quotes.

use super::Code;

/// RL0111: text without quotes.
pub const TEXT_WITHOUT_QUOTES: Code = Code {
    code: "RL0111",
    title: "text without quotes",
    what: "A text stands without quotes.",
    why: "Without quotes it is read as a name of the rules.",
    bad: "one when customer.name is Dupont",
    good: r#"one when customer.name is "Dupont""#,
};

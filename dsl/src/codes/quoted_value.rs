//! RL0110: value in quotes.

use super::Code;

/// RL0110: value in quotes.
pub const QUOTED_VALUE: Code = Code {
    code: "RL0110",
    title: "value in quotes",
    what: "A value of a closed list stands in quotes.",
    why: "Without quotes, a misspelt value is found.",
    bad: r#"state when customer.kind is "public""#,
    good: "state when customer.kind is public",
};

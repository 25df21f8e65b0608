//! RL0110: value in quotes.

use super::{Code, Words};

/// RL0110: value in quotes.
pub const QUOTED_VALUE: Code = Code {
    code: "RL0110",
    title: Words::new("value in quotes", "valeur entre guillemets"),
    what: Words::new(
        "A value of a closed list stands in quotes.",
        "Une valeur d'une liste fermée est écrite entre guillemets.",
    ),
    why: Words::new(
        "Without quotes, a misspelt value is found.",
        "Sans guillemets, une valeur mal écrite est repérée.",
    ),
    bad: r#"state when customer.kind is "public""#,
    good: "state when customer.kind is public",
};

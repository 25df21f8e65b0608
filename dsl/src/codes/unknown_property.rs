//! RL1002: unknown property in a test.

use super::{Code, Words};

/// RL1002: unknown property in a test.
pub const UNKNOWN_PROPERTY: Code = Code {
    code: "RL1002",
    title: Words::new("unknown property in a test", "propriété inconnue dans un test"),
    what: Words::new(
        "A test gives something that a company, customer, account, contact or invoice does not have, or a value of another kind.",
        "Un test donne quelque chose qu'une société, un client, un compte, un contact ou une facture n'a pas, ou une valeur d'une autre sorte.",
    ),
    why: Words::new(
        "The test would run without what it is about.",
        "Le test se passerait de ce dont il parle.",
    ),
    bad: "test \"x\" { given customer { kid public } expect nothing }",
    good: "test \"x\" { given customer { kind public } expect nothing }",
};

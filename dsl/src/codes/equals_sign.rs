//! RL0010: equals sign for is.

use super::{Code, Words};

/// RL0010: equals sign for is.
pub const EQUALS_SIGN: Code = Code {
    code: "RL0010",
    title: Words::new("equals sign for is", "signe égal au lieu de est"),
    what: Words::new(
        "`=` stands for `is`. A warning: it is read as meant.",
        "`=` tient lieu de `est`. Un avertissement : c'est compris comme voulu.",
    ),
    why: Words::new(
        "Two spellings of one thing make rules harder to search and to read aloud.",
        "Deux écritures pour une même chose rendent les règles plus difficiles à chercher et à lire à voix haute.",
    ),
    bad: "fr when customer.country = FR",
    good: "fr when customer.country is FR",
};

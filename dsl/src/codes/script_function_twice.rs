//! RL1104: a hook with two functions.

use super::{Code, Words};

/// RL1104: a hook with two functions.
pub const SCRIPT_FUNCTION_TWICE: Code = Code {
    code: "RL1104",
    title: Words::new("a hook with two functions", "une fonction définie deux fois"),
    what: Words::new(
        "Two functions have the name of one hook, in one script or in two.",
        "Deux fonctions ont le nom d'une même déclaration, dans un script ou dans deux.",
    ),
    why: Words::new(
        "Nobody could say which one is called.",
        "Personne ne saurait laquelle est appelée.",
    ),
    bad: "fn trend(account) { 5 }\nfn trend(account, customer) { 6 }",
    good: "fn trend(account) { 5 }",
};

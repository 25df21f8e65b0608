//! RL1109: a statement outside of functions.

use super::{Code, Words};

/// RL1109: a statement outside of functions.
pub const SCRIPT_LOOSE_STATEMENT: Code = Code {
    code: "RL1109",
    title: Words::new(
        "a statement outside of functions",
        "une instruction hors des fonctions",
    ),
    what: Words::new(
        "A script has a statement that stands in no function.",
        "Un script a une instruction qui n'est dans aucune fonction.",
    ),
    why: Words::new(
        "Only functions are called: it would never be run.",
        "Seules les fonctions sont appelées : elle ne serait jamais exécutée.",
    ),
    bad: "const LIMIT = 5;\nfn trend(account) { LIMIT }",
    good: "fn trend(account) { 5 }",
};

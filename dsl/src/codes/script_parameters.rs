//! RL1103: a function with other parameters.

use super::{Code, Words};

/// RL1103: a function with other parameters.
pub const SCRIPT_PARAMETERS: Code = Code {
    code: "RL1103",
    title: Words::new(
        "a function with other parameters",
        "une fonction aux autres paramètres",
    ),
    what: Words::new(
        "The function of a hook takes more or fewer values than its declaration gives it.",
        "La fonction prend plus ou moins de valeurs que sa déclaration ne lui en donne.",
    ),
    why: Words::new("It could not be called.", "Elle ne pourrait pas être appelée."),
    bad: "hook trend(account) -> whole number\nfn trend(account, customer) { 5 }",
    good: "hook trend(account) -> whole number\nfn trend(account) { 5 }",
};

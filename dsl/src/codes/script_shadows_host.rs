//! RL1108: a function of all scripts defined again.

use super::{Code, Words};

/// RL1108: a function of all scripts defined again.
pub const SCRIPT_SHADOWS_HOST: Code = Code {
    code: "RL1108",
    title: Words::new(
        "a function of all scripts defined again",
        "une fonction commune redéfinie",
    ),
    what: Words::new(
        "A script defines a function of a name that relance gives to all scripts.",
        "Un script définit une fonction d'un nom que relance donne à tous les scripts.",
    ),
    why: Words::new(
        "Whoever reads a call of it would think of another function than the one that runs.",
        "Qui en lit un appel penserait à une autre fonction que celle qui s'exécute.",
    ),
    bad: "fn money(amount, currency) { amount }",
    good: "fn plain(amount, currency) { amount }",
};

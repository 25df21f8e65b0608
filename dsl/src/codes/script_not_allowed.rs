//! RL1107: not for this kind of hook.

use super::{Code, Words};

/// RL1107: not for this kind of hook.
pub const SCRIPT_NOT_ALLOWED: Code = Code {
    code: "RL1107",
    title: Words::new("not for this kind of hook", "pas pour ce genre de fonction"),
    what: Words::new(
        "A hook that gives a value makes effects, or one that decides writes texts: each kind of hook has the functions that it needs, and no others.",
        "Une fonction qui donne une valeur fait des effets, ou une qui décide écrit des textes : chaque genre a les fonctions qu'il lui faut, et pas d'autres.",
    ),
    why: Words::new(
        "What is asked whether something holds should do nothing.",
        "Ce à quoi on demande si une chose est vraie ne doit rien faire.",
    ),
    bad: "hook risky(account) -> yes or no\nfn risky(account) { skip() }",
    good: "hook risky(account) -> effects\nfn risky(account) { skip() }",
};

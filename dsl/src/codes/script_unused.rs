//! RL1110: a script that nothing uses.

use super::{Code, Words};

/// RL1110: a script that nothing uses.
pub const SCRIPT_UNUSED: Code = Code {
    code: "RL1110",
    title: Words::new("a script that nothing uses", "un script que rien n'emploie"),
    what: Words::new(
        "None of the functions of a script is that of a declared hook. A warning.",
        "Aucune des fonctions d'un script n'est celle d'une déclaration. Un avertissement.",
    ),
    why: Words::new(
        "It is never called, although somebody wrote it for that.",
        "Il n'est jamais appelé, alors que quelqu'un l'a écrit pour cela.",
    ),
    bad: "fn trnd(account) { 5 }",
    good: "hook trend(account) -> whole number\nfn trend(account) { 5 }",
};

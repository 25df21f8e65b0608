//! RL0117: wrong arguments of a hook.

use super::{Code, Words};

/// RL0117: wrong arguments of a hook.
pub const HOOK_ARGUMENTS: Code = Code {
    code: "RL0117",
    title: Words::new("wrong arguments of a hook", "mauvais arguments d'une fonction"),
    what: Words::new(
        "A hook is given something else than its declaration says, or something that a hook cannot be given.",
        "Une fonction reçoit autre chose que ce que dit sa déclaration, ou une chose qu'une fonction ne peut pas recevoir.",
    ),
    why: Words::new(
        "The script would not find what it expects.",
        "Le script ne trouverait pas ce qu'il attend.",
    ),
    bad: "hook trend(acount) -> whole number",
    good: "hook trend(account) -> whole number",
};

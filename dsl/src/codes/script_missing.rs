//! RL1102: a hook without a function.

use super::{Code, Words};

/// RL1102: a hook without a function.
pub const SCRIPT_MISSING: Code = Code {
    code: "RL1102",
    title: Words::new("a hook without a function", "une fonction déclarée et pas écrite"),
    what: Words::new(
        "A `hook` line declares a hook, and no script of `hooks/` has a function of its name.",
        "Une ligne `fonction` déclare une fonction, et aucun script de `hooks/` n'en a une de ce nom.",
    ),
    why: Words::new("There would be nothing to call.", "Il n'y aurait rien à appeler."),
    bad: "hook trend(account) -> whole number",
    good: "fn trend(account) { 5 }",
};

//! RL0117: wrong arguments of a hook.

use super::Code;

/// RL0117: wrong arguments of a hook.
pub const HOOK_ARGUMENTS: Code = Code {
    code: "RL0117",
    title: "wrong arguments of a hook",
    what: "A hook is given something else than its declaration says, or something that a hook cannot be given.",
    why: "The script would not find what it expects.",
    bad: "hook trend(acount) -> whole number",
    good: "hook trend(account) -> whole number",
};

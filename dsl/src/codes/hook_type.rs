//! RL0118: wrong type of a hook.

use super::Code;

/// RL0118: wrong type of a hook.
pub const HOOK_TYPE: Code = Code {
    code: "RL0118",
    title: "wrong type of a hook",
    what: "A hook is used where another type of value, or effects, are needed.",
    why: "What it gives cannot be used there.",
    bad: "hook greet(customer) -> text\nsegments { odd when hook greet(customer) rest otherwise }",
    good: "hook is_odd(customer) -> yes or no\nsegments { odd when hook is_odd(customer) rest otherwise }",
};

//! RL0118: wrong type of a hook.

use super::Code;

/// RL0118: wrong type of a hook.
pub const HOOK_TYPE: Code = Code {
    code: "RL0118",
    title: "wrong type of a hook",
    what: "A hook is used where another type of value, or effects, are needed.",
    why: "What it gives cannot be used there.",
    bad: "hook trend(account) -> text\nscore p from 0 to 10 start 5 { add hook trend(account) bands { a from 5, b } }",
    good: "hook trend(account) -> whole number\nscore p from 0 to 10 start 5 { add hook trend(account) bands { a from 5, b } }",
};

//! RL0118: wrong type of a hook.

use super::{Code, Words};

/// RL0118: wrong type of a hook.
pub const HOOK_TYPE: Code = Code {
    code: "RL0118",
    title: Words::new("wrong type of a hook", "mauvais type de fonction"),
    what: Words::new(
        "A hook is used where another type of value, or effects, are needed.",
        "Une fonction est employée là où il faut une valeur d'un autre type, ou des effets.",
    ),
    why: Words::new(
        "What it gives cannot be used there.",
        "Ce qu'elle donne ne peut pas servir à cet endroit.",
    ),
    bad: "hook trend(account) -> text\nscore p from 0 to 10 start 5 { add hook trend(account) bands { a from 5, b } }",
    good: "hook trend(account) -> whole number\nscore p from 0 to 10 start 5 { add hook trend(account) bands { a from 5, b } }",
};

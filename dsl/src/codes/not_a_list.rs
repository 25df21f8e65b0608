//! RL0109: asked for an element of no list.

use super::Code;

/// RL0109: asked for an element of no list.
pub const NOT_A_LIST: Code = Code {
    code: "RL0109",
    title: "asked for an element of no list",
    what: "`has` is asked of something that is not a list.",
    why: "Only lists, such as tags, have elements.",
    bad: r#"vip when customer.name has "vip""#,
    good: r#"vip when customer has tag "vip""#,
};

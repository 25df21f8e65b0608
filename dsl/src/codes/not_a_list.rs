//! RL0109: asked for an element of no list.

use super::{Code, Words};

/// RL0109: asked for an element of no list.
pub const NOT_A_LIST: Code = Code {
    code: "RL0109",
    title: Words::new(
        "asked for an element of no list",
        "élément demandé à ce qui n'est pas une liste",
    ),
    what: Words::new(
        "`has` is asked of something that is not a list.",
        "`contient` est demandé à quelque chose qui n'est pas une liste.",
    ),
    why: Words::new(
        "Only lists, such as tags, have elements.",
        "Seules les listes, comme les étiquettes, ont des éléments.",
    ),
    bad: r#"vip when customer.name has "vip""#,
    good: r#"vip when customer has tag "vip""#,
};

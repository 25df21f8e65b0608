//! RL0109: asked for an element of no list.

use super::Code;

/// RL0109: asked for an element of no list.
pub const NOT_A_LIST: Code = Code {
    code: "RL0109",
    title: "asked for an element of no list",
    what: "",
    why: "",
    bad: "",
    good: "",
};

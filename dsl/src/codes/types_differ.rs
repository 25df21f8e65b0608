//! RL0103: two kinds of values compared.

use super::Code;

/// RL0103: two kinds of values compared.
pub const TYPES_DIFFER: Code = Code {
    code: "RL0103",
    title: "two kinds of values compared",
    what: "",
    why: "",
    bad: "",
    good: "",
};

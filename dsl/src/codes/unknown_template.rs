//! RL0601: unknown template.

use super::Code;

/// RL0601: unknown template.
pub const UNKNOWN_TEMPLATE: Code = Code {
    code: "RL0601",
    title: "unknown template",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0501: level out of order.

use super::Code;

/// RL0501: level out of order.
pub const LEVEL_OUT_OF_ORDER: Code = Code {
    code: "RL0501",
    title: "level out of order",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0408: sending window that never opens.

use super::Code;

/// RL0408: sending window that never opens.
pub const WINDOW_EMPTY: Code = Code {
    code: "RL0408",
    title: "sending window that never opens",
    what: "",
    why: "",
    bad: "",
    good: "",
};

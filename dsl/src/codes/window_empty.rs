//! RL0408: sending window that never opens.

use super::Code;

/// RL0408: sending window that never opens.
pub const WINDOW_EMPTY: Code = Code {
    code: "RL0408",
    title: "sending window that never opens",
    what: "A sending window closes before it opens.",
    why: "Nothing would ever be sent.",
    bad: "send every day, 17:30 to 09:00",
    good: "send every day, 09:00 to 17:30",
};

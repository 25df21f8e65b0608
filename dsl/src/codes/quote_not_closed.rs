//! RL0006: quote not closed.

use super::Code;

/// RL0006: quote not closed.
pub const QUOTE_NOT_CLOSED: Code = Code {
    code: "RL0006",
    title: "quote not closed",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0007: typographic quotes.

use super::Code;

/// RL0007: typographic quotes.
pub const CURLY_QUOTES: Code = Code {
    code: "RL0007",
    title: "typographic quotes",
    what: "",
    why: "",
    bad: "",
    good: "",
};

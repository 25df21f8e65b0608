//! RL0111: text without quotes.

use super::Code;

/// RL0111: text without quotes.
pub const TEXT_WITHOUT_QUOTES: Code = Code {
    code: "RL0111",
    title: "text without quotes",
    what: "",
    why: "",
    bad: "",
    good: "",
};

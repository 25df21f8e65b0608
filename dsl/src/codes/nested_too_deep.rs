//! RL0002: nested too deep.

use super::Code;

/// RL0002: nested too deep.
pub const NESTED_TOO_DEEP: Code = Code {
    code: "RL0002",
    title: "nested too deep",
    what: "Braces or parentheses are nested more than 64 deep, or a calculation has more than 64 terms.",
    why: "Nobody can read such a rule aloud; most often a brace is not closed.",
    bad: "",
    good: "",
};

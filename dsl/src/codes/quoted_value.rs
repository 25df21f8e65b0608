//! RL0110: value in quotes.

use super::Code;

/// RL0110: value in quotes.
pub const QUOTED_VALUE: Code = Code {
    code: "RL0110",
    title: "value in quotes",
    what: "",
    why: "",
    bad: "",
    good: "",
};

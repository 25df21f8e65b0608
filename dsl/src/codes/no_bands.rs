//! RL0304: score without bands.

use super::Code;

/// RL0304: score without bands.
pub const NO_BANDS: Code = Code {
    code: "RL0304",
    title: "score without bands",
    what: "",
    why: "",
    bad: "",
    good: "",
};

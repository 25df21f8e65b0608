//! RL0306: points that are no whole number.

use super::Code;

/// RL0306: points that are no whole number.
pub const POINTS_NOT_WHOLE: Code = Code {
    code: "RL0306",
    title: "points that are no whole number",
    what: "",
    why: "",
    bad: "",
    good: "",
};

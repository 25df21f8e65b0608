//! RL0305: points per unit of no number.

use super::Code;

/// RL0305: points per unit of no number.
pub const PER_NEEDS_NUMBER: Code = Code {
    code: "RL0305",
    title: "points per unit of no number",
    what: "",
    why: "",
    bad: "",
    good: "",
};

//! RL0108: calculation with unfit values.

use super::Code;

/// RL0108: calculation with unfit values.
pub const NOT_CALCULABLE: Code = Code {
    code: "RL0108",
    title: "calculation with unfit values",
    what: "",
    why: "",
    bad: "",
    good: "",
};

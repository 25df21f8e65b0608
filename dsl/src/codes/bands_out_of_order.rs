//! RL0302: bands out of order.

use super::Code;

/// RL0302: bands out of order.
pub const BANDS_OUT_OF_ORDER: Code = Code {
    code: "RL0302",
    title: "bands out of order",
    what: "",
    why: "",
    bad: "",
    good: "",
};

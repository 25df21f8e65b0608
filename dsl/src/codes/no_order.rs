//! RL0104: values without an order.

use super::Code;

/// RL0104: values without an order.
pub const NO_ORDER: Code = Code {
    code: "RL0104",
    title: "values without an order",
    what: "",
    why: "",
    bad: "",
    good: "",
};

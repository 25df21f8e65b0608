//! RL0104: values without an order.

use super::Code;

/// RL0104: values without an order.
pub const NO_ORDER: Code = Code {
    code: "RL0104",
    title: "values without an order",
    what: "Texts, countries or the like are compared by size.",
    why: "They have no order that rules could follow.",
    bad: "fr when customer.country > FR",
    good: "fr when customer.country is FR",
};

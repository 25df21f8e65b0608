//! RL0104: values without an order.

use super::{Code, Words};

/// RL0104: values without an order.
pub const NO_ORDER: Code = Code {
    code: "RL0104",
    title: Words::new("values without an order", "valeurs sans ordre"),
    what: Words::new(
        "Texts, countries or the like are compared by size.",
        "Des textes, des pays ou d'autres valeurs de ce genre sont comparés par plus grand ou plus petit.",
    ),
    why: Words::new(
        "They have no order that rules could follow.",
        "Ils n'ont pas d'ordre que des règles puissent suivre.",
    ),
    bad: "fr when customer.country > FR",
    good: "fr when customer.country is FR",
};

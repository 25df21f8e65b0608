//! RL0113: condition on a constant.

use super::{Code, Words};

/// RL0113: condition on a constant.
pub const CONSTANT_CONDITION: Code = Code {
    code: "RL0113",
    title: Words::new("condition on a constant", "condition sur une constante"),
    what: Words::new(
        "A condition asks for no fact.",
        "Une condition n'interroge aucune donnée.",
    ),
    why: Words::new(
        "It holds for every customer, or for none.",
        "Elle est vraie pour tous les clients, ou pour aucun.",
    ),
    bad: "key when 5 > 3",
    good: "key when account.open_invoices > 3",
};

//! RL0113: condition on a constant.

use super::Code;

/// RL0113: condition on a constant.
pub const CONSTANT_CONDITION: Code = Code {
    code: "RL0113",
    title: "condition on a constant",
    what: "A condition asks for no fact.",
    why: "It holds for every customer, or for none.",
    bad: "key when 5 > 3",
    good: "key when account.open_invoices > 3",
};

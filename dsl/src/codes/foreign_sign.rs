//! RL0011: sign of another language.

use super::Code;

/// RL0011: sign of another language.
pub const FOREIGN_SIGN: Code = Code {
    code: "RL0011",
    title: "sign of another language",
    what: "A sign or word of programming languages stands in a rule.",
    why: "Rules are read aloud; there is a word for it.",
    bad: "fr when customer.country == FR && account.open_invoices > 3",
    good: "fr when customer.country is FR and account.open_invoices > 3",
};

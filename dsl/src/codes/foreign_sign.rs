//! RL0011: sign of another language.

use super::{Code, Words};

/// RL0011: sign of another language.
pub const FOREIGN_SIGN: Code = Code {
    code: "RL0011",
    title: Words::new("sign of another language", "signe d'un autre langage"),
    what: Words::new(
        "A sign or word of programming languages stands in a rule.",
        "Un signe ou un mot des langages de programmation figure dans une règle.",
    ),
    why: Words::new(
        "Rules are read aloud; there is a word for it.",
        "Les règles se lisent à voix haute ; il y a un mot pour cela.",
    ),
    bad: "fr when customer.country == FR && account.open_invoices > 3",
    good: "fr when customer.country is FR and account.open_invoices > 3",
};

//! RL0012: word of the other language.

use super::Code;

/// RL0012: word of the other language.
pub const OTHER_LANGUAGE: Code = Code {
    code: "RL0012",
    title: "word of the other language",
    what: "A word of the French vocabulary stands in an English file, or the other way round.",
    why: "A file speaks one language, which its first line says; mixed ones are hard to read.",
    bad: "fr when customer.country is FR et account.open_invoices > 3",
    good: "fr when customer.country is FR and account.open_invoices > 3",
};

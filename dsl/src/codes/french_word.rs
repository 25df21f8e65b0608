//! RL0012: French word.

use super::Code;

/// RL0012: French word.
pub const FRENCH_WORD: Code = Code {
    code: "RL0012",
    title: "French word",
    what: "A French word of the language stands in an English file.",
    why: "A file speaks one language, which is English in this version.",
    bad: "fr when customer.country is FR et account.open_invoices > 3",
    good: "fr when customer.country is FR and account.open_invoices > 3",
};

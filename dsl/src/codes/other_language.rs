//! RL0012: word of the other language.

use super::{Code, Words};

/// RL0012: word of the other language.
pub const OTHER_LANGUAGE: Code = Code {
    code: "RL0012",
    title: Words::new("word of the other language", "mot de l'autre langue"),
    what: Words::new(
        "A word of the French vocabulary stands in an English file, or the other way round.",
        "Un mot du vocabulaire français figure dans un fichier anglais, ou l'inverse.",
    ),
    why: Words::new(
        "A file speaks one language, which its first line says; mixed ones are hard to read.",
        "Un fichier parle une seule langue, que dit sa première ligne ; un mélange se lit mal.",
    ),
    bad: "fr when customer.country is FR et account.open_invoices > 3",
    good: "fr when customer.country is FR and account.open_invoices > 3",
};

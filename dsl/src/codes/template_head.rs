//! RL0901: head of a template.

use super::{Code, Words};

/// RL0901: head of a template.
pub const TEMPLATE_HEAD: Code = Code {
    code: "RL0901",
    title: Words::new("head of a template", "en-tête d'un modèle"),
    what: Words::new(
        "The lines between the two `---` at the start of a template cannot be read.",
        "Les lignes entre les deux `---` au début d'un modèle ne se lisent pas.",
    ),
    why: Words::new(
        "Only the subject can stand there, once, and it ends with a second `---`.",
        "Seul l'objet (`subject`) peut y figurer, une fois, et un second `---` les termine.",
    ),
    bad: "---\nsujet: \"Invoice {{ invoices[0].number }}\"\n---\nPlease pay.",
    good: "---\nsubject: \"Invoice {{ invoices[0].number }}\"\n---\nPlease pay.",
};

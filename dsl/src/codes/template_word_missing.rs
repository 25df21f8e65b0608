//! RL0024: the word template is missing.

use super::{Code, Words};

/// RL0024: the word template is missing.
pub const TEMPLATE_WORD_MISSING: Code = Code {
    code: "RL0024",
    title: Words::new("the word template is missing", "il manque le mot modèle"),
    what: Words::new(
        "`email` is followed by the template's name without the word `template`.",
        "`email` est suivi du nom du modèle sans le mot `modèle`.",
    ),
    why: Words::new(
        "The word keeps the line readable, and room for other forms.",
        "Le mot rend la ligne lisible, et laisse la place à d'autres formes.",
    ),
    bad: "level 1 reminder 8 days after due { email reminder }",
    good: "level 1 reminder 8 days after due { email template reminder }",
};

//! RL0910: translation that is missing.

use super::{Code, Words};

/// RL0910: translation that is missing.
pub const TRANSLATION_MISSING: Code = Code {
    code: "RL0910",
    title: Words::new("translation that is missing", "traduction manquante"),
    what: Words::new(
        "A scenario writes in the language of its customers, and some of the rulebook's own templates that it uses exist in a language in which another one does not. A warning: its last language serves instead.",
        "Un scénario écrit dans la langue de ses clients, et parmi les modèles propres aux règles qu'il emploie, les uns existent dans une langue où un autre n'existe pas. Un avertissement : c'est sa dernière langue qui sert.",
    ),
    why: Words::new(
        "A customer gets one message in his language and the next one in another.",
        "Un client reçoit un message dans sa langue et le suivant dans une autre.",
    ),
    bad: "templates/reminder.de.md without templates/final.de.md",
    good: "templates/reminder.de.md and templates/final.de.md",
};
